//! What the modules share: the sample archive, the shared corpora, a folder to index into, and the built command.
