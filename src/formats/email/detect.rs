//! Whether a text opens with the header of a mail message, and the messages of a mailbox.

use memchr::memmem;

/// Fields that only mail programs and servers write.
#[rustfmt::skip]
const TRANSPORT: [&str; 14] = [
    "received", "return-path", "delivered-to", "mime-version", "content-transfer-encoding", "dkim-signature",
    "x-mailer", "x-received", "message-id", "reply-to", "in-reply-to", "list-id", "received-spf", "arc-seal",
];

/// Fields of which a message has one at least.
const ENVELOPE: [&str; 4] = ["from", "to", "subject", "date"];

/// Whether a text is a mail message: a block of header fields up to a blank line, one that mail programs write among them. Copy with a
/// head of `Key: value` lines has none of these; From, To and an address alone make a message too.
pub(in crate::formats) fn is_message(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let text = match text.split_once('\n') {
        Some((first, rest)) if is_postmark(first.as_bytes()) => rest,
        _ => text,
    };
    let (mut transport, mut envelope, mut to, mut address) = (false, 0, false, false);
    let mut lines = text.lines();
    for line in lines.by_ref() {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            return false;
        };
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_name {
            return false;
        }
        let name = name.to_ascii_lowercase();
        transport |= TRANSPORT.contains(&name.as_str());
        envelope += usize::from(ENVELOPE.contains(&name.as_str()));
        to |= name == "to";
        address |= name == "from" && value.contains('@');
    }
    envelope >= 1 && transport || envelope >= 3 && to && address
}

/// Whether a line is the one that parts messages in a mailbox: `From ADDRESS DATE`, the time in it.
fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let clock = rest
        .windows(5)
        .any(|five| five[2] == b':' && five[0].is_ascii_digit() && five[4].is_ascii_digit());
    clock && rest.contains(&b' ')
}

/// The messages in an item, each with its byte: one, or those of a mailbox.
pub(super) fn messages(item: &[u8]) -> Vec<(usize, &[u8])> {
    let bytes = item.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(item).trim_ascii_start();
    let start = item.len() - bytes.len();
    if bytes.is_empty() {
        return Vec::new();
    }
    let after_line = |at: usize| memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
    if !is_postmark(&bytes[..after_line(0)]) {
        return vec![(start, bytes)];
    }
    let marks = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let blank_before = |at: usize| bytes[..at].ends_with(b"\n\n") || bytes[..at].ends_with(b"\n\r\n");
    let marks = marks.filter(|&at| blank_before(at) && is_postmark(&bytes[at..after_line(at)]));
    let mut starts: Vec<usize> = std::iter::once(0).chain(marks).collect();
    starts.push(bytes.len());
    starts
        .windows(2)
        .map(|pair| {
            let inner = after_line(pair[0]).min(pair[1]);
            (start + inner, &bytes[inner..pair[1]])
        })
        .filter(|(_, message)| !message.trim_ascii().is_empty())
        .collect()
}
