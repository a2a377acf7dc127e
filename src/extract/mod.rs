//! [`Filing`](crate::story::Filing) → people, speakers, quotes, countries, sources. One pure file a step; the steps in
//! order are [`Extractor::extract`].
