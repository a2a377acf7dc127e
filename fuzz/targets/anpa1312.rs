#![no_main]
dateline_fuzz::target!(Anpa1312);
