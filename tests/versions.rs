//! One version for the engine, its arithmetic and the package for JavaScript: results name it.

use distill_lab::experiment::ENGINE_VERSION;
use serde_json::Value;

#[test]
fn crate_kernels_and_javascript_package_have_the_engines_version() {
    let manifest = include_str!("../Cargo.toml");
    let kernels = format!("distill-lab-kernels = {{ path = \"kernels\", version = \"{ENGINE_VERSION}\" }}");
    assert!(manifest.contains(&kernels), "Cargo.toml: {kernels}");
    // The published crate comes without the JavaScript package.
    if let Ok(package) = std::fs::read_to_string("package.json") {
        let package: Value = serde_json::from_str(&package).expect("package.json is JSON");
        assert_eq!(package["version"], ENGINE_VERSION, "package.json");
    }
}
