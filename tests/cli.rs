//! The command line, as a person or a job array drives it.

mod cli {
    mod command;
    mod documents;
    mod manners;
    mod runs;
    mod sweeps;
}
