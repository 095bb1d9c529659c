//! What the stage looks at, in slices of time.

use super::{Thrown, config, now, object, read, thrown};
use crate::Error;
use crate::answers::{self, PointColumns, Query};
use crate::experiment::Viewer;
use crate::slices::{Sliceable, Slicer};
use wasm_bindgen::prelude::*;

/// A viewer of runs; see [`Viewer`].
#[wasm_bindgen]
pub struct Stage {
    viewer: Viewer,
    slicer: Slicer,
}

#[wasm_bindgen]
impl Stage {
    /// Looks at the beginning of the run of a config; with `curves` they are drawn on the way.
    ///
    /// # Errors
    /// As [`Viewer::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "engine.Config")] from: JsValue,
        curves: bool,
    ) -> Result<Stage, Thrown> {
        let viewer = Viewer::new(config(from)?, curves).map_err(thrown)?;
        Ok(Self { viewer, slicer: Slicer::new() })
    }

    /// Turns to the run of a config; see [`Viewer::aim`].
    ///
    /// # Errors
    /// As [`Viewer::aim`].
    #[wasm_bindgen(unchecked_return_type = "engine.Trains")]
    pub fn aim(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "engine.Config")] from: JsValue,
        curves: bool,
    ) -> Result<JsValue, Thrown> {
        let trains = self.viewer.aim(config(from)?, curves).map_err(thrown)?;
        Ok(object(&trains))
    }

    /// Looks at the state after `step` training steps; see [`Viewer::look`].
    pub fn look(&mut self, step: usize) {
        self.viewer.look(step);
    }

    /// Works for about `ms` milliseconds; returns whether it stands where it looks.
    ///
    /// # Errors
    /// As [`Viewer::advance`].
    pub fn run_for(&mut self, ms: f64) -> Result<bool, Thrown> {
        self.slicer.slice(&mut self.viewer, ms, now).map_err(thrown)?;
        Ok(self.viewer.ahead().is_none())
    }

    /// The answer to a question; see [`answers::answer_of`].
    ///
    /// # Errors
    /// As [`answers::answer_of`]; no question at all.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn ask(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "engine.Query")] query: JsValue,
    ) -> Result<JsValue, Thrown> {
        let query: Query = read("query", query)?;
        answers::answer_of(&mut self.viewer, query).map(|a| object(&a)).map_err(thrown)
    }

    /// Every point of its curves; see [`Viewer::points`].
    #[wasm_bindgen(unchecked_return_type = "engine.PointColumns")]
    pub fn points(&self) -> JsValue {
        object(&PointColumns::from(self.viewer.points()))
    }
}

impl Sliceable for Viewer {
    fn kind(&self) -> u8 {
        self.ahead().map_or(0, |(kind, _)| kind)
    }
    fn most(&self) -> usize {
        self.ahead().map_or(0, |(_, most)| most)
    }
    fn work(&mut self, units: usize) -> Result<usize, Error> {
        self.advance(units)
    }
}
