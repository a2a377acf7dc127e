#![no_main]
dateline_fuzz::target!(Reuters21578);
