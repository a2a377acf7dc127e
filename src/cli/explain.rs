//! `dateline explain`: a search and what there is to know of it, part by part.

mod story;

use std::io::{self, Write};
use std::path::Path;

use super::Found;
use super::args::ExplainArgs;
use super::print::{self, Style, counted, number, printable};
use super::search::{USUAL_FACETS, as_typed, now, print_warnings, request};
use super::zero::typed;
use crate::search::{
    self, ClauseHits, Counting, Decisions, ExplainAnswer, ExplainRequest, FacetWay, Form, Looked, Need, Node, NodeKind,
    Paged, Sought, Stage, StageTime,
};
use crate::vocabulary::Vocabulary;

pub(super) fn run(index: &Path, json: bool, args: &ExplainArgs) -> anyhow::Result<Found> {
    let request = ExplainRequest {
        search: request(&args.search, if json { "" } else { USUAL_FACETS })?,
        quotes: args.quotes,
        story: args.story.clone(),
    };
    let reader = args.search.opening.open(index)?;
    let answer = search::explain(&reader.snapshot(), &Vocabulary::builtin(), &request, now()).map_err(as_typed)?;
    if json {
        print::json(&answer)?;
    } else {
        print_warnings(&answer.warnings);
        print(&mut io::stdout().lock(), Style::of_stdout(), &answer)?;
    }
    Ok(Found::Something)
}

fn print(out: &mut impl Write, style: Style, answer: &ExplainAnswer) -> io::Result<()> {
    let total = match answer.of {
        "quotes" => counted(answer.total, "quote", "quotes"),
        _ => counted(answer.total, "story", "stories"),
    };
    writeln!(out, "{}  {}", style.strong(&total), style.faint(&answer.read_as))?;
    writeln!(out, "\n{}", style.strong("tree"))?;
    node(out, style, &answer.tree, 0)?;
    writeln!(out, "\n{}", style.strong("plan"))?;
    plan(out, answer.of, &answer.plan)?;
    clauses(out, style, &answer.clauses, answer.clauses_left_out)?;
    times(out, style, &answer.stages, answer.micros)?;
    if let Some(ranked) = &answer.story {
        story::print(out, style, ranked, answer)?;
    }
    Ok(())
}

/// A part of the query, with its own parts under it.
fn node(out: &mut impl Write, style: Style, node: &Node, depth: usize) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let text = match node.kind {
        NodeKind::Every => "every one".to_owned(),
        NodeKind::AllOf => "all of".to_owned(),
        NodeKind::AnyOf => "any of".to_owned(),
        NodeKind::Not => "not".to_owned(),
        NodeKind::OneQuote => "one quote that fits all of".to_owned(),
        _ => node.query.clone(),
    };
    let by = match node.by {
        None => "not looked into",
        Some(Need::Nothing) => "holds for everything",
        Some(Need::Sets) => "by sets",
        Some(Need::Words) => "by words",
        Some(Need::SetsAndWords) => "by sets and words",
    };
    let told = match node.parts.as_slice() {
        [] if node.kind != NodeKind::Every => format!("{by}: {}", node.read_as),
        _ => by.to_owned(),
    };
    line(
        out,
        node.hits,
        &format!("{indent}{}  {}", printable(&text), style.faint(&told)),
    )?;
    // A word has a stem in every language of the archive, most of which no story has.
    let (idle, looked): (Vec<&Sought>, Vec<&Sought>) = node
        .sought
        .iter()
        .partition(|sought| sought.form == Form::Stem && sought.documents == 0);
    for sought in looked {
        self::sought(out, style, sought, depth + 1)?;
    }
    if !idle.is_empty() {
        let idle = counted(idle.len() as u64, "other stem", "other stems");
        let told = format!("{idle} in the stem fields, by the other languages");
        line(out, Some(0), &format!("{indent}  {}", style.faint(&told)))?;
    }
    if let Some(meant) = &node.meant {
        for value in &meant.values {
            let code = if value.value == value.label {
                String::new()
            } else {
                format!("  {}", value.value)
            };
            let text = format!("{indent}  {}{}", printable(&value.label), style.faint(&code));
            line(out, Some(value.count), &text)?;
        }
        let others = meant.values_in_all - meant.values.len();
        if others > 0 {
            let others = counted(others as u64, "other value", "other values");
            line(
                out,
                None,
                &format!("{indent}  {}", style.faint(&format!("and {others}"))),
            )?;
        }
    }
    node.parts
        .iter()
        .try_for_each(|part| self::node(out, style, part, depth + 1))
}

/// A count, and what it counts.
fn line(out: &mut impl Write, count: Option<u64>, text: &str) -> io::Result<()> {
    writeln!(out, " {:>9}  {text}", count.map_or_else(String::new, number))
}

fn sought(out: &mut impl Write, style: Style, sought: &Sought, depth: usize) -> io::Result<()> {
    let mut told = format!(
        "{}{}",
        "  ".repeat(depth),
        in_field(&sought.field, Some(sought.form), &sought.terms)
    );
    if sought.scored_by.is_empty() {
        told.push_str(&style.faint(&format!("  × {}", sought.weight)));
    }
    line(out, Some(sought.documents), &told)?;
    if let Some(all) = sought.stands_for {
        let more = if all > sought.words.len() { " …" } else { "" };
        let words = format!(
            "{}: {}{more}",
            counted(all as u64, "word", "words"),
            sought.words.join(", ")
        );
        line(out, None, &format!("{}  {}", "  ".repeat(depth), style.faint(&words)))?;
    }
    sought
        .scored_by
        .iter()
        .try_for_each(|scoring| self::sought(out, style, scoring, depth + 1))
}

/// What is looked for in a field, in words.
fn in_field(field: &str, form: Option<Form>, terms: &[String]) -> String {
    let terms = printable(&terms.join(" "));
    match form {
        None | Some(Form::Written) => format!("in {field}: {terms}"),
        Some(Form::Stem) => format!("in {field}, any form of the stem {terms}"),
        Some(Form::Row) => format!("in {field}, in a row: {terms}"),
        Some(Form::Begin) => format!("in {field}, words that begin with {terms}"),
        Some(Form::RowBegin) => format!("in {field}, in a row, the last word going on: {terms}"),
        Some(Form::Edits(1)) => format!("in {field}, words at most 1 letter off {terms}"),
        Some(Form::Edits(edits)) => format!("in {field}, words at most {edits} letters off {terms}"),
        Some(Form::Standing) => format!("in {field}, found by where the words stand, scored by"),
    }
}

fn plan(out: &mut impl Write, of: &str, plan: &Decisions) -> io::Result<()> {
    let (ground, base) = (number(plan.ground), number(plan.base));
    writeln!(out, "  {ground} {of} can be found; the sets leave {base}")?;
    match plan.looked {
        Looked::NoWords => writeln!(out, "  no words: the sets say all")?,
        Looked::Everywhere => writeln!(out, "  words are looked for in the whole index")?,
        Looked::TermByTerm => writeln!(
            out,
            "  words are looked for one after the other, term by term, each in what the others leave where that is little"
        )?,
        Looked::InSets => writeln!(
            out,
            "  words are looked for in what the sets leave, since that is little"
        )?,
    }
    match plan.paged {
        Paged::NotAtAll => writeln!(out, "  no hits are asked for")?,
        Paged::ByTime => {
            let walked = counted(plan.walked as u64, "segment", "segments");
            let gathered = counted(plan.gathered as u64, "segment", "segments");
            writeln!(
                out,
                "  first hits by time: {walked} gone through in order until there are enough, {gathered} hit by hit"
            )?;
        }
        Paged::Scored if plan.looked == Looked::TermByTerm => {
            let scored = counted(plan.scored as u64, "hit", "hits");
            writeln!(
                out,
                "  first hits by score: {scored} scored, all that can be among them"
            )?;
        }
        Paged::Scored => writeln!(out, "  first hits by score, scoring every match as it is found")?,
    }
    if plan.rescored > 0 {
        let hits = counted(plan.rescored as u64, "hit", "hits");
        writeln!(out, "  {hits} put in order anew by where the words stand")?;
    }
    if plan.has_tail {
        writeln!(out, "  the page goes on behind them, by score alone")?;
    }
    if plan.page_beside_counting {
        writeln!(out, "  the page is made in a thread beside the counting")?;
    }
    if plan.counted_in_two_threads {
        writeln!(out, "  facets are counted in two threads")?;
    }
    plan.facets.iter().try_for_each(|way| facet(out, way))
}

fn facet(out: &mut impl Write, way: &FacetWay) -> io::Result<()> {
    let over = number(way.over);
    let over = if way.is_wider {
        format!("over {over}, its own selection left aside")
    } else {
        format!("over {over}")
    };
    let how = match way.counting {
        Counting::Sparse => "noting the few values met",
        Counting::Dense => "a counter for every value",
        Counting::Lanes => "several counters for each of its few values",
    };
    let totals = match way.totals {
        0 => String::new(),
        totals => format!(", from the totals of {}", counted(totals as u64, "segment", "segments")),
    };
    writeln!(out, "  facet {}: {over}, {how}{totals}", way.facet)
}

fn clauses(out: &mut impl Write, style: Style, clauses: &[ClauseHits], left_out: usize) -> io::Result<()> {
    if clauses.is_empty() {
        return Ok(());
    }
    let heads = format!(" {:>9} {:>9}", "alone", "together");
    writeln!(out, "\n{}\n{}", style.strong("clauses"), style.faint(&heads))?;
    for clause in clauses {
        let text = typed(&clause.clause);
        writeln!(
            out,
            " {:>9} {:>9}  {}",
            number(clause.alone),
            number(clause.together),
            printable(&text)
        )?;
    }
    if left_out > 0 {
        writeln!(out, "  {}", style.faint(&format!("and {left_out} more")))?;
    }
    Ok(())
}

fn times(out: &mut impl Write, style: Style, stages: &[StageTime], all: u64) -> io::Result<()> {
    writeln!(out, "\n{}", style.strong("time in µs"))?;
    for time in stages.iter().filter(|time| time.micros > 0) {
        let stage = match time.stage {
            Stage::Parse => "reading the query",
            Stage::Names => "finding values by their names",
            Stage::Sets => "making sets",
            Stage::Words => "looking for words",
            Stage::FirstPage => "finding the first hits",
            Stage::Rescoring => "putting them in order by where words stand",
            Stage::Hits => "reading hits and marking matches",
            Stage::Counting => "counting facets",
            Stage::Histogram => "making the histogram",
        };
        line(out, Some(time.micros), stage)?;
    }
    line(out, Some(all), &style.strong("all"))
}
