//! What stands where nothing was found: what each clause finds alone, each that helps a link that leaves it out.

use maud::{Markup, html};

use super::links::Address;
use super::results::count;
use crate::search::{SearchRequest, ZeroClause};

/// Why nothing was found. `unit`: what is counted, one and many.
pub(super) fn nothing(
    clauses: &[ZeroClause],
    request: &SearchRequest,
    address: &Address,
    unit: (&str, &str),
) -> Markup {
    let is_one = clauses.iter().any(|clause| clause.without > 0);
    html! {
        div.nothing {
            p { "Nothing matches all of this." }
            @if !clauses.is_empty() {
                ul.zero {
                    @for clause in clauses {
                        li {
                            @if clause.clause.parameter != "q" { (clause.clause.parameter.replace('.', " ")) ": " }
                            bdi { code { (clause.clause.text) } }
                            " alone: " (count(clause.hits, unit.0, unit.1))
                            @if clause.leave_out && is_one {
                                " · " a href=(without(&[clause], request, address).href()) {
                                    "without it: " (count(clause.without, unit.0, unit.1))
                                }
                            }
                        }
                    }
                }
            }
            @if !is_one && clauses.len() > 1 {
                @let unwanted: Vec<&ZeroClause> = clauses.iter().filter(|clause| clause.leave_out).collect();
                @if !unwanted.is_empty() && unwanted.len() < clauses.len() {
                    p {
                        a href=(without(&unwanted, request, address).href()) {
                            "Leave out " @for (at, clause) in unwanted.iter().enumerate() {
                                @if at > 0 { ", " }
                                bdi { code { (clause.clause.text) } }
                            }
                        }
                    }
                }
            }
            ul {
                li { "Lift a filter above, or widen the dates." }
                li { "Words are all wanted; put OR between them to want any." }
                li { "A phrase in quotation marks is matched exactly as written." }
            }
        }
    }
}

/// The address without these clauses.
fn without(clauses: &[&ZeroClause], request: &SearchRequest, address: &Address) -> Address {
    let mut next = address.without("cursor");
    let mut q = request.q.clone();
    // From the end on, so that the places before stay what they are.
    for clause in clauses.iter().rev().map(|zero| &zero.clause) {
        match (clause.start, clause.end) {
            (Some(start), Some(end)) if q.get(start..end).is_some() => q.replace_range(start..end, ""),
            _ => next = next.without(&clause.parameter),
        }
    }
    if q == request.q {
        return next;
    }
    let words: Vec<&str> = q.split_whitespace().collect();
    next.with("q", &words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Clause;

    #[test]
    fn the_links_leave_clauses_out() {
        let clause = |parameter: &str, start: Option<usize>, end: Option<usize>| ZeroClause {
            clause: Clause {
                parameter: parameter.to_owned(),
                start,
                end,
                ..Clause::default()
            },
            ..ZeroClause::default()
        };
        let address = Address::read("/", "q=fish+speaker%3AAda+-cod&country=NO&cursor=x");
        let request = SearchRequest::new("fish speaker:Ada -cod");
        let (first, last) = (clause("q", Some(0), Some(4)), clause("q", Some(17), Some(21)));
        let country = clause("country", None, None);
        let href = |clauses: &[&ZeroClause]| without(clauses, &request, &address).href();
        assert_eq!(href(&[&first]), "/?country=NO&q=speaker%3AAda+-cod");
        assert_eq!(href(&[&first, &last]), "/?country=NO&q=speaker%3AAda");
        assert_eq!(href(&[&country]), "/?q=fish+speaker%3AAda+-cod");
    }
}
