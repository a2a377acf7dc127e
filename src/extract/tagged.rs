//! The people that the agency tagged: they win over what the text says, and come in where the text says nothing.

use crate::story::{Basis, Named, Person};
use crate::text::fold;

/// A name is no longer; a description in the place of one is none.
const MAX_NAME_BYTES: usize = 120;

/// Puts the tagged people among those that were found. One whom the text calls by a part of the name gets the whole.
pub(super) fn add(tags: &[Named], people: &mut Vec<Person>) {
    for name in tags.iter().filter_map(|tag| name_of(&tag.name)) {
        let folded = fold(&name);
        if let Some(known) = people.iter_mut().find(|person| fold(&person.value) == folded) {
            known.basis = Basis::Metadata;
            continue;
        }
        let mut shorter = people
            .iter_mut()
            .filter(|person| is_part(&fold(&person.value), &folded));
        match (shorter.next(), shorter.next()) {
            (Some(known), None) => {
                known.value.clone_from(&name);
                known.label = name;
                known.basis = Basis::Metadata;
            }
            _ => people.push(Person {
                value: name.clone(),
                label: name,
                basis: Basis::Metadata,
                rule: "tag".into(),
                confidence: 1.0,
                ..Person::default()
            }),
        }
    }
}

/// A tag's name in the order of speech: "Moe, Ann" is Ann Moe. `None` for what is a code and no name: "james-baker".
fn name_of(tag: &str) -> Option<String> {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = |text: &str| {
        let has_case = text.chars().any(char::is_lowercase) || text.chars().any(char::is_uppercase);
        let has_letters = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        has_letters && (!has_case || text.chars().any(char::is_uppercase)) && !text.contains(['/', ':', '_', '@', '('])
    };
    if tag.len() > MAX_NAME_BYTES || !is_name(&tag) {
        return None;
    }
    match tag.split_once(", ") {
        Some((family, given)) if !given.is_empty() && !given.contains(',') => Some(format!("{given} {family}")),
        Some(_) => None,
        None => Some(tag),
    }
}

/// Whether a name is the end of another or its beginning, by whole words.
fn is_part(short: &str, long: &str) -> bool {
    let ends = long.strip_suffix(short).is_some_and(|before| before.ends_with(' '));
    let begins = || long.strip_prefix(short).is_some_and(|after| after.starts_with(' '));
    !short.is_empty() && (ends || begins())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(name: &str) -> Named {
        Named {
            name: name.into(),
            ..Named::default()
        }
    }

    fn person(value: &str) -> Person {
        Person {
            value: value.into(),
            mentions: 2,
            ..Person::default()
        }
    }

    #[test]
    fn tags_complete_names_and_bring_in_others() {
        let mut people = vec![person("Venn"), person("Ivo Lund"), person("Sari")];
        let tags = [
            "Venn, Orla",
            "ivo-lund",
            "Ivo Lund",
            "Ratna Sari Wulan",
            "dpa/Text",
            "محمد علي",
        ]
        .map(tag);
        add(&tags, &mut people);
        let values: Vec<_> = people.iter().map(|it| (it.value.as_str(), it.mentions)).collect();
        assert_eq!(
            values,
            [
                ("Orla Venn", 2),
                ("Ivo Lund", 2),
                ("Sari", 2),
                ("Ratna Sari Wulan", 0),
                ("محمد علي", 0)
            ]
        );
        assert_eq!(people[2].basis, Basis::Named);
        assert_eq!(people[3].rule, "tag");
    }

    #[test]
    fn a_name_that_two_could_be_completes_neither() {
        let mut people = vec![person("Ann"), person("Moe")];
        add(&[tag("Ann Moe")], &mut people);
        assert_eq!(people.len(), 3);
    }
}
