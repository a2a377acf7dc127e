//! The standard's own examples and test cases, and items of agencies and editorial systems, where they are at hand.
