//! What `/docs` shows: FastAPI's page, with the files of Swagger UI from here and not from a content delivery network.

use std::borrow::Cow;
use std::sync::Arc;

use fastapi_status::{HttpException, status};

use crate::Result;

/// The page, in HTML. It asks for `/openapi.json`, and for some files by [`docs_file`].
pub const DOCS: &str = r##"<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link type="text/css" rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="shortcut icon" href="/docs/favicon-32x32.png">
<title>Bookshop - Swagger UI</title>
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>
const ui = SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    layout: "BaseLayout",
    deepLinking: true,
    showExtensions: true,
    showCommonExtensions: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
    validatorUrl: null,
})
</script>
</body>
</html>
"##;

/// A file that the page at `/docs` asks for, as `/docs/{name}`.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DocsFile {
    pub content_type: String,
    pub content: Cow<'static, [u8]>,
}

/// The file of this name.
pub fn docs_file(name: &str) -> Result<DocsFile> {
    let not_found = || HttpException::from_status(status::HTTP_404_NOT_FOUND);
    if !["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"].contains(&name) {
        return Err(not_found());
    }
    let file = utoipa_swagger_ui::serve(name, Arc::default()).ok().flatten().ok_or_else(not_found)?;
    Ok(DocsFile { content_type: file.content_type, content: file.bytes })
}
