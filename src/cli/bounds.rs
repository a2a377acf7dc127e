//! The bounds of a file as typed.

use clap::Args as ClapArgs;

use crate::ingest::{Bounds, size_of};

/// How much of a file is taken; what is over one of these is rejected.
#[derive(Debug, Clone, Copy, ClapArgs)]
#[allow(clippy::struct_field_names)] // they name the flags
pub(super) struct BoundsArgs {
    /// Bytes of a file, or of a member of an archive, decompressed, at most; with K, M or G.
    #[arg(long, value_name = "SIZE", default_value = "64G", value_parser = size_of)]
    max_file: u64,
    /// Bytes of an item (a story, a line, a message), at most.
    #[arg(long, value_name = "SIZE", default_value = "32M", value_parser = size_of)]
    max_item: u64,
    /// Layers of archives and compression inside one another, at most.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().nesting)]
    max_nesting: usize,
    /// Bytes that one packed byte may become, counted from 64 MiB on.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().expansion)]
    max_expansion: u64,
    /// Members of an archive, with those of archives inside it, at most.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().members)]
    max_members: u64,
    /// Bytes of zips that are held in memory because they lie in another archive or come by a pipe, at most.
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size_of)]
    max_buffer: u64,
}

impl BoundsArgs {
    /// The bounds as reading takes them.
    pub(super) fn bounds(self) -> Bounds {
        Bounds {
            file: self.max_file,
            item: usize::try_from(self.max_item).unwrap_or(usize::MAX),
            nesting: self.max_nesting,
            expansion: self.max_expansion,
            members: self.max_members,
            buffer: self.max_buffer,
            ..Bounds::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        bounds: BoundsArgs,
    }

    #[test]
    fn defaults_are_those_of_reading_and_sizes_take_units() {
        let typed =
            |args: &[&str]| Typed::try_parse_from([&["dateline"], args].concat()).map(|typed| typed.bounds.bounds());
        assert_eq!(typed(&[]).unwrap(), Bounds::default());
        let raised = typed(&["--max-item", "1G", "--max-file", "700", "--max-buffer", "2m"]).unwrap();
        assert_eq!((raised.item, raised.file, raised.buffer), (1 << 30, 700, 2 << 20));
        assert!(typed(&["--max-item", "much"]).is_err());
    }
}
