//! Why a story ranks where it does, line by line.

use std::io::{self, Write};

use super::in_field;
use crate::cli::print::{Style, number, printable};
use crate::cli::zero::typed;
use crate::search::{Closest, ExplainAnswer, RankedStory, Recent, ScorePart};

/// Prints the place of a story, and what its score is made of or what keeps it out.
pub(super) fn print(out: &mut impl Write, style: Style, story: &RankedStory, answer: &ExplainAnswer) -> io::Result<()> {
    writeln!(out, "\n{}  {}", style.strong(&story.headline), style.faint(&story.id))?;
    if let Some(quote) = &story.quote {
        writeln!(out, "  “{}”", printable(quote))?;
    }
    let Some(rank) = story.rank else {
        return kept_out(out, story);
    };
    let order = match story.order {
        "relevance" => "by relevance",
        "oldest" => "the oldest first",
        _ => "the newest first",
    };
    writeln!(out, "  number {} of {}, {order}", number(rank), number(answer.total))?;
    if story.order != "relevance" {
        return Ok(());
    }
    for part in &story.parts {
        writeln!(out, " {:>9.4}  {}", part.score, told(style, part))?;
    }
    if story.parts.is_empty() {
        writeln!(out, "  no word of the query scores in it")?;
    }
    writeln!(out, " {:>9.4}  words", story.words)?;
    if let Some(recency) = &story.recency {
        writeln!(out, "×{:>9.4}  {}", recency.factor, recent(recency))?;
    }
    match &story.closeness {
        Some(closeness) => writeln!(out, "×{:>9.4}  {}", closeness.factor, close(closeness))?,
        None if answer.of == "stories" && answer.plan.rescored > 0 => {
            writeln!(
                out,
                "            behind the first hits, whose order the places of words change"
            )?;
        }
        None => {}
    }
    writeln!(out, "={:>9.4}  {}", story.score, style.strong("score"))
}

fn told(style: Style, part: &ScorePart) -> String {
    let told = in_field(&part.field, part.form, &part.terms);
    let quote = part.quote.map(|quote| format!(", quote {}", quote + 1));
    let mut figures = vec![format!("weight {}", part.weight)];
    let known = [
        part.frequency.map(|frequency| format!("frequency {frequency}")),
        part.length
            .zip(part.average)
            .map(|(length, average)| format!("length {length} (average {average:.0})")),
        part.idf.map(|idf| format!("idf {idf:.3}")),
    ];
    figures.extend(known.into_iter().flatten());
    let quote = quote.unwrap_or_default();
    format!("{told}{quote}  {}", style.faint(&figures.join(", ")))
}

fn recent(recency: &Recent) -> String {
    let day = |time: &Option<String>| match time {
        Some(time) => time.get(..10).unwrap_or(time).to_owned(),
        None => "no date".to_owned(),
    };
    format!(
        "age: {}, the newest story is of {}",
        day(&recency.published),
        day(&recency.newest)
    )
}

fn close(closeness: &Closest) -> String {
    format!(
        "closeness of words: {:.2} in the headline, {:.2} in the body; {:.2} of them in the lead",
        closeness.headline, closeness.body, closeness.lead
    )
}

fn kept_out(out: &mut impl Write, story: &RankedStory) -> io::Result<()> {
    writeln!(out, "  is no hit; what keeps it out:")?;
    for clause in &story.kept_out_by {
        let text = printable(&typed(&clause.clause));
        let why = if clause.together {
            "  (alone it fits, together with the clauses before it not)"
        } else {
            ""
        };
        writeln!(out, "    {text}{why}")?;
    }
    Ok(())
}
