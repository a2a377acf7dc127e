//! The models at hand: those of `index_schema/models`, compiled in, and a user's own in their place.

use std::sync::{Arc, OnceLock};

use super::model::Model;

/// A model's language and its file.
const BUILTIN: [(&str, &[u8]); 5] = [
    ("en", include_bytes!("../../../index_schema/models/en.model")),
    ("id", include_bytes!("../../../index_schema/models/id.model")),
    ("es", include_bytes!("../../../index_schema/models/es.model")),
    ("de", include_bytes!("../../../index_schema/models/de.model")),
    ("nl", include_bytes!("../../../index_schema/models/nl.model")),
];

/// The language whose model serves a language: Malay is read with the Indonesian one, any other with its own.
#[must_use]
pub fn group(language: &str) -> &str {
    match language.split('-').next().unwrap_or_default() {
        "ms" => "id",
        language => language,
    }
}

/// The models that are compiled in. Each is unpacked at its first use, which takes some milliseconds.
#[derive(Debug, Default)]
struct Builtin {
    unpacked: [OnceLock<Option<Model>>; BUILTIN.len()],
}

/// Models by language.
#[derive(Debug, Clone)]
pub struct Models {
    builtin: Option<Arc<Builtin>>,
    own: Vec<Arc<Model>>,
}

impl Models {
    /// The models that are compiled in, shared by the whole process.
    #[must_use]
    pub fn builtin() -> Self {
        static SHARED: OnceLock<Arc<Builtin>> = OnceLock::new();
        Self {
            builtin: Some(Arc::clone(SHARED.get_or_init(Arc::default))),
            own: Vec::new(),
        }
    }

    /// No models at all: people are found by rules alone.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            builtin: None,
            own: Vec::new(),
        }
    }

    /// Puts a model in the place of the one for its language.
    pub fn put(&mut self, model: Model) {
        self.own.retain(|other| other.language != model.language);
        self.own.push(Arc::new(model));
    }

    /// The model for a language (BCP 47), if there is one.
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&Model> {
        let group = group(language);
        if let Some(own) = self.own.iter().find(|model| model.language == group) {
            return Some(own);
        }
        let builtin = self.builtin.as_ref()?;
        let at = BUILTIN.iter().position(|(language, _)| *language == group)?;
        builtin.unpacked[at]
            .get_or_init(|| Model::from_bytes(BUILTIN[at].1).ok())
            .as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_whole_and_serves_its_languages() {
        for (language, bytes) in BUILTIN {
            let model = Model::from_bytes(bytes).unwrap();
            assert_eq!(model.language, language);
        }
        let models = Models::builtin();
        assert_eq!(models.of("ms-MY").map(|model| model.language.as_str()), Some("id"));
        assert_eq!(models.of("de-AT").map(|model| model.language.as_str()), Some("de"));
        assert!(models.of("fi").is_none());
        assert!(Models::none().of("en").is_none());
    }
}
