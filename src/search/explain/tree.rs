//! The query as a tree, each part with what it needs, what it finds, and what its words and names stand for.

use serde::Serialize;

use super::Setting;
use super::sought::{Meant, Seeker, Sought};
use crate::query::{Part, Query};
use crate::search::SearchError;
use crate::search::compile::{Asked, Compiler, said_apart};
use crate::search::sets::{Ground, sum};
use crate::search::stages::Stages;

/// Parts that are looked into at most: each costs a search.
const MAX_COUNTED: usize = 64;

/// What a part of a query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// Everything.
    Every,
    /// All of its parts.
    AllOf,
    /// Any of its parts.
    AnyOf,
    /// Not its part.
    Not,
    /// One quote that fits all of its parts.
    OneQuote,
    /// Words.
    Words,
    /// A facet's value.
    Value,
    /// A stretch of time.
    Published,
    /// A length.
    Length,
    /// Whether there is a quote, or a value of a facet.
    Has,
    /// Whether there is no value of a facet.
    Missing,
}

/// What a part of a query is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// By nothing: it holds for everything.
    Nothing,
    /// By sets in memory.
    Sets,
    /// By the postings of words, which score.
    Words,
    /// By both.
    SetsAndWords,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// As typed in the query language.
    pub query: String,
    /// In plain words.
    pub read_as: String,
    /// What it is found by. None where the query has too many parts to look into all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Need>,
    /// How many it finds where it stands: with a speaker beside it, `said:` is that one's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hits: Option<u64>,
    /// What its words are looked for as.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sought: Vec<Sought>,
    /// What its name stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meant: Option<Meant>,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Node>,
}

impl Node {
    /// Of a query, nothing looked into yet.
    fn of(kind: NodeKind, query: &Query) -> Self {
        Self {
            kind,
            query: match query {
                Query::All => "*".to_owned(),
                query => query.to_string(),
            },
            read_as: query.read_as(),
            by: None,
            hits: None,
            sought: Vec::new(),
            meant: None,
            parts: Vec::new(),
        }
    }
}

/// The tree of a query.
pub(super) fn tree(setting: Setting<'_>, query: &Query) -> Result<Node, SearchError> {
    let mut grower = Grower {
        compiler: Compiler::new(setting.names(), &setting.request.q, Stages::default()),
        seeker: Seeker::new(setting),
        counted: 0,
    };
    grower.node(query, setting.ground, None)
}

struct Grower<'a> {
    compiler: Compiler<'a>,
    seeker: Seeker<'a>,
    counted: usize,
}

impl Grower<'_> {
    fn node(&mut self, query: &Query, ground: Ground, speakers: Option<&[u32]>) -> Result<Node, SearchError> {
        let mut node = Node::of(kind(query), query);
        if self.may_count() {
            let asked = self.compiler.compile(query, ground, speakers)?;
            self.count(&mut node, &asked, ground)?;
            match query {
                Query::Text(part, words) => {
                    let ground = match (part, ground) {
                        (Part::Said, Ground::Stories) => Ground::Quotes,
                        (Part::Headline, Ground::Quotes) => Ground::Stories,
                        (_, ground) => ground,
                    };
                    node.sought = self.seeker.sought(&self.compiler, *part, words, ground)?;
                }
                Query::Facet(facet, typed) => node.meant = Some(self.seeker.meant(*facet, typed, ground)),
                _ => {}
            }
        }
        self.parts(node, query, ground, speakers)
    }

    /// The node with its parts.
    fn parts(
        &mut self,
        mut node: Node,
        query: &Query,
        ground: Ground,
        speakers: Option<&[u32]>,
    ) -> Result<Node, SearchError> {
        match query {
            Query::And(all) => {
                let here = self.compiler.speakers_beside(all, speakers);
                let speakers = here.as_deref().or(speakers);
                let (said, others) = said_apart(all, ground);
                if said.len() > 1 {
                    node.parts.push(self.one_quote(&said, speakers)?);
                } else {
                    for clause in said {
                        node.parts.push(self.node(clause, ground, speakers)?);
                    }
                }
                for clause in others {
                    node.parts.push(self.node(clause, ground, speakers)?);
                }
            }
            Query::Or(any) => {
                for clause in any {
                    node.parts.push(self.node(clause, ground, speakers)?);
                }
            }
            Query::Not(inner) => node.parts.push(self.node(inner, ground, speakers)?),
            _ => {}
        }
        Ok(node)
    }

    /// Several clauses that one quote must fit together.
    fn one_quote(&mut self, said: &[&Query], speakers: Option<&[u32]>) -> Result<Node, SearchError> {
        let together = Query::And(said.iter().map(|clause| (*clause).clone()).collect());
        let mut node = Node::of(NodeKind::OneQuote, &together);
        if self.may_count() {
            let asked = self.compiler.said(&together, speakers)?;
            self.count(&mut node, &asked, Ground::Stories)?;
        }
        for clause in said {
            node.parts.push(self.node(clause, Ground::Stories, speakers)?);
        }
        Ok(node)
    }

    /// Whether one more part is looked into.
    fn may_count(&mut self) -> bool {
        self.counted += 1;
        self.counted <= MAX_COUNTED
    }

    fn count(&self, node: &mut Node, asked: &Asked, ground: Ground) -> Result<(), SearchError> {
        let found = self.compiler.run(asked, ground)?;
        node.by = Some(need(asked));
        node.hits = Some(sum(&found));
        Ok(())
    }
}

fn kind(query: &Query) -> NodeKind {
    match query {
        Query::All => NodeKind::Every,
        Query::And(_) => NodeKind::AllOf,
        Query::Or(_) => NodeKind::AnyOf,
        Query::Not(_) => NodeKind::Not,
        Query::Text(..) => NodeKind::Words,
        Query::Facet(..) => NodeKind::Value,
        Query::Published(..) => NodeKind::Published,
        Query::Length(..) => NodeKind::Length,
        Query::HasQuote | Query::Has(_) => NodeKind::Has,
        Query::Missing(_) => NodeKind::Missing,
    }
}

fn need(asked: &Asked) -> Need {
    match (&asked.sets, &asked.words) {
        (None, None) => Need::Nothing,
        (Some(_), None) => Need::Sets,
        (None, Some(_)) => Need::Words,
        (Some(_), Some(_)) => Need::SetsAndWords,
    }
}
