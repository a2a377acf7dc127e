//! What a filing does to its story, told from take words, signals and statuses.

use crate::story::Filing;

/// Fills in `filing.take` and `filing.targets` where the format has not.
pub(super) fn tell(_filing: &mut Filing) {}
