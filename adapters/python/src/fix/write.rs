//! Replacing a file at once.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts `after` in the place of a file that holds `before`: by a new file beside it that takes its name, so that nobody
/// ever sees half of it. A symbolic link stays, and what it points to is replaced.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".fastapi-port-").tempfile_in(folder)?;
    file.write_all(after)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    fs::set_permissions(file.path(), permissions)?;
    file.as_file().sync_all()?;
    if fs::read(&path)? != before {
        return Err(io::Error::other("the file was changed meanwhile"));
    }
    file.persist(&path)?;
    Ok(())
}
