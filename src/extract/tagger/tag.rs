//! The tags of tokens, and the best sequence of them.

/// Tags, and scores for each: one more than there are, so that the scores of a feature fill eight bytes.
pub(super) const LANES: usize = 8;

/// A score for each tag; the last lane is always 0.
pub(super) type Scores = [f32; LANES];

/// What a token is in: the kind of name, and whether it opens it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Tag {
    /// In no name.
    #[default]
    Out,
    /// Opens a person's name.
    PersonFirst,
    /// Goes on with one.
    Person,
    /// Opens a place's name.
    PlaceFirst,
    /// Goes on with one.
    Place,
    /// Opens an organisation's name.
    OrganisationFirst,
    /// Goes on with one.
    Organisation,
}

impl Tag {
    /// Every tag, each at its own number.
    pub(super) const ALL: [Self; 7] = [
        Self::Out,
        Self::PersonFirst,
        Self::Person,
        Self::PlaceFirst,
        Self::Place,
        Self::OrganisationFirst,
        Self::Organisation,
    ];

    /// Whether it is part of a person's name.
    pub(crate) const fn is_person(self) -> bool {
        matches!(self, Self::PersonFirst | Self::Person)
    }

    /// The tag that goes on with the same name; [`Tag::Out`] for itself.
    pub(super) const fn inside(self) -> Self {
        match self {
            Self::Out => Self::Out,
            Self::PersonFirst | Self::Person => Self::Person,
            Self::PlaceFirst | Self::Place => Self::Place,
            Self::OrganisationFirst | Self::Organisation => Self::Organisation,
        }
    }

    /// Whether it may only follow a tag of the same name.
    const fn goes_on(self) -> bool {
        matches!(self, Self::Person | Self::Place | Self::Organisation)
    }

    /// Whether `next` may follow it.
    const fn may_precede(self, next: Self) -> bool {
        !next.goes_on() || self.inside() as u8 == next as u8
    }
}

/// How much more scores speak for a person than for anything else.
pub(super) fn person(scores: &Scores) -> f32 {
    let most = |tags: &[Tag]| {
        tags.iter()
            .map(|tag| scores[*tag as usize])
            .fold(f32::NEG_INFINITY, f32::max)
    };
    most(&Tag::ALL[1..3]) - most(&Tag::ALL[3..]).max(scores[0])
}

/// Scores of one tag after another; the row is the tag before.
pub(super) type Transitions = [Scores; LANES];

/// What cannot be.
const NEVER: f32 = -1.0e9;

/// The best tags for tokens with these scores, the first of them after a token that is in no name.
pub(super) fn best(scores: &[Scores], transitions: &Transitions, tags: &mut Vec<Tag>) {
    tags.clear();
    let mut before: Scores = [NEVER; LANES];
    before[Tag::Out as usize] = 0.0;
    let mut from: Vec<[u8; LANES]> = Vec::with_capacity(scores.len());
    for own in scores {
        let mut now: Scores = [NEVER; LANES];
        let mut back = [0_u8; LANES];
        for next in Tag::ALL {
            for last in Tag::ALL {
                let score = before[last as usize] + transitions[last as usize][next as usize];
                if last.may_precede(next) && score > now[next as usize] {
                    now[next as usize] = score;
                    back[next as usize] = last as u8;
                }
            }
            now[next as usize] += own[next as usize];
        }
        before = now;
        from.push(back);
    }
    let last = Tag::ALL
        .into_iter()
        .max_by(|a, b| before[*a as usize].total_cmp(&before[*b as usize]));
    let mut tag = last.unwrap_or_default();
    for back in from.iter().rev() {
        tags.push(tag);
        tag = Tag::ALL[usize::from(back[tag as usize])];
    }
    tags.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(tag: Tag, value: f32) -> Scores {
        let mut scores = [0.0; LANES];
        scores[tag as usize] = value;
        scores
    }

    #[test]
    fn a_name_is_opened_before_it_goes_on() {
        let transitions = [[0.0; LANES]; LANES];
        let mut tags = Vec::new();
        best(
            &[score(Tag::Person, 5.0), score(Tag::Person, 5.0)],
            &transitions,
            &mut tags,
        );
        assert_eq!(tags, [Tag::PersonFirst, Tag::Person]);
        best(
            &[score(Tag::PlaceFirst, 1.0), score(Tag::Person, 5.0)],
            &transitions,
            &mut tags,
        );
        assert_eq!(tags, [Tag::PersonFirst, Tag::Person]);
        best(&[], &transitions, &mut tags);
        assert!(tags.is_empty());
    }
}
