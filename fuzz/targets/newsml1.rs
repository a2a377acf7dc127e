#![no_main]
dateline_fuzz::target!(Newsml1);
