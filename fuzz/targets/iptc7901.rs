#![no_main]
dateline_fuzz::target!(Iptc7901);
