//! Where inline elements of markup meet with nothing between.

/// Where one inline element ends and the next begins at once, as in `<b>Kystnytt</b><b>Lunde</b>`, a page shows two things and the
/// text would glue them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// The text runs on.
    #[default]
    No,
    /// An element has just ended.
    Closed,
    /// And another begun.
    Here,
}

impl Seam {
    /// After an element has begun.
    pub(super) fn opened(self) -> Self {
        if self == Self::No { Self::No } else { Self::Here }
    }

    /// Whether a letter would be glued to another thing: the last word of the line goes over into a capital here.
    pub(super) fn glues(self, line: &str, next: char) -> bool {
        self == Self::Here && next.is_uppercase() && line.ends_with(char::is_lowercase)
    }
}
