//! The tags of tokens, and the best sequence of them.

/// Tags, and scores for each: those of a feature fill eight bytes.
pub(super) const LANES: usize = 8;

/// A score for each tag.
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
    /// In a name of anything else: an event, a people, a work.
    Other,
}

impl Tag {
    /// Every tag, each at its own number.
    pub(super) const ALL: [Self; LANES] = [
        Self::Out,
        Self::PersonFirst,
        Self::Person,
        Self::PlaceFirst,
        Self::Place,
        Self::OrganisationFirst,
        Self::Organisation,
        Self::Other,
    ];

    /// Whether it is part of a person's name.
    pub(crate) const fn is_person(self) -> bool {
        matches!(self, Self::PersonFirst | Self::Person)
    }

    /// The tag that goes on with the same name; itself for [`Tag::Out`] and [`Tag::Other`].
    pub(super) const fn inside(self) -> Self {
        match self {
            Self::Out => Self::Out,
            Self::PersonFirst | Self::Person => Self::Person,
            Self::PlaceFirst | Self::Place => Self::Place,
            Self::OrganisationFirst | Self::Organisation => Self::Organisation,
            Self::Other => Self::Other,
        }
    }

    /// The tag that opens the same name; itself for [`Tag::Out`] and [`Tag::Other`].
    pub(super) const fn first(self) -> Self {
        match self {
            Self::Out => Self::Out,
            Self::PersonFirst | Self::Person => Self::PersonFirst,
            Self::PlaceFirst | Self::Place => Self::PlaceFirst,
            Self::OrganisationFirst | Self::Organisation => Self::OrganisationFirst,
            Self::Other => Self::Other,
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

/// Chooses tags; keeps its room from one run to the next.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// For each token and tag, the best tag before it.
    from: Vec<[u8; LANES]>,
    tags: Vec<Tag>,
}

impl Choice {
    /// The best tags for tokens with these scores, the first of them after a token that is in no name (Viterbi).
    pub(super) fn best(&mut self, scores: &[Scores], transitions: &Transitions) -> &[Tag] {
        self.tags.clear();
        self.from.clear();
        let Some((first, rest)) = scores.split_first() else {
            return &self.tags;
        };
        let mut before: Scores = [NEVER; LANES];
        for next in Tag::ALL.into_iter().filter(|next| Tag::Out.may_precede(*next)) {
            before[next as usize] = transitions[Tag::Out as usize][next as usize] + first[next as usize];
        }
        for own in rest {
            let mut now: Scores = [NEVER; LANES];
            let mut back = [0_u8; LANES];
            for next in Tag::ALL {
                for last in Tag::ALL {
                    let score = before[last as usize] + transitions[last as usize][next as usize];
                    if score > now[next as usize] && last.may_precede(next) {
                        now[next as usize] = score;
                        back[next as usize] = last as u8;
                    }
                }
                now[next as usize] += own[next as usize];
            }
            before = now;
            self.from.push(back);
        }
        let mut tag = Tag::Out;
        for other in Tag::ALL {
            if before[other as usize] > before[tag as usize] {
                tag = other;
            }
        }
        self.tags.push(tag);
        for back in self.from.iter().rev() {
            tag = Tag::ALL[usize::from(back[tag as usize])];
            self.tags.push(tag);
        }
        self.tags.reverse();
        &self.tags
    }
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
        let mut choice = Choice::default();
        let mut best = |scores: &[Scores]| choice.best(scores, &transitions).to_vec();
        assert_eq!(
            best(&[score(Tag::Person, 5.0), score(Tag::Person, 5.0)]),
            [Tag::PersonFirst, Tag::Person]
        );
        assert_eq!(
            best(&[score(Tag::PlaceFirst, 1.0), score(Tag::Person, 5.0)]),
            [Tag::PersonFirst, Tag::Person]
        );
        assert_eq!(
            best(&[score(Tag::PlaceFirst, 9.0), score(Tag::Person, 5.0)]),
            [Tag::PlaceFirst, Tag::Out]
        );
        assert_eq!(best(&[]), []);
    }
}
