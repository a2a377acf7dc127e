//! How records are packed.

use std::ops::Range;

use crate::index::Ordinals;
use crate::story::Facet;

/// Records one behind the other.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    /// Where each starts.
    pub(super) starts: Vec<u32>,
}

impl Packed {
    /// The records of these rows: the facets' values with the bytes of an id.
    pub(super) fn of(columns: &[(&Ordinals, usize)], rows: Range<u32>) -> Self {
        let ids = |ordinals: &Ordinals| ordinals.len_of(rows.clone());
        let all: usize = columns.iter().map(|(ordinals, width)| ids(ordinals) * width).sum();
        let mut packed = Self {
            bytes: Vec::with_capacity(all + rows.len() * (columns.len() + 1) + 4),
            starts: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            packed.starts.push(packed.bytes.len() as u32);
            packed.push(columns, row);
        }
        packed
    }

    fn push(&mut self, columns: &[(&Ordinals, usize)], row: u32) {
        let (count, start) = (columns.len(), self.bytes.len());
        let head = count + 1;
        let (mut ids, mut ends) = ([&[][..]; Facet::ALL.len()], [0; Facet::ALL.len() + 1]);
        for (place, (ordinals, width)) in columns.iter().enumerate() {
            ids[place] = ordinals.of(row);
            ends[place + 1] = ends[place] + width * ids[place].len();
        }
        let is_short = u8::try_from(head + ends[count]).is_ok();
        let room = if is_short { head } else { head + 4 * head };
        let end = start + room + ends[count];
        // Every id is written in four bytes, over the last of which the next one is written.
        self.bytes.resize(end + 4, 0);
        for (place, end) in ends[..head].iter().enumerate() {
            if is_short {
                self.bytes[start + place] = (room + end) as u8;
            } else {
                self.put(start + head + 4 * place, (room + end) as u32);
            }
        }
        let mut at = start + room;
        for (ids, (_, width)) in ids.iter().zip(columns) {
            for id in *ids {
                self.put(at, *id);
                at += width;
            }
        }
        self.bytes.truncate(end);
    }

    fn put(&mut self, at: usize, number: u32) {
        if let Some(to) = self.bytes.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *to = number.to_le_bytes();
        }
    }
}
