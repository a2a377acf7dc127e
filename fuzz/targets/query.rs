#![no_main]
dateline_fuzz::fuzz_target!(|bytes: &[u8]| dateline_fuzz::read_query(bytes));
