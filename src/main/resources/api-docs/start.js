// A file of its own, since the content security policy runs no script that stands in a page.
SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  validatorUrl: null, // the validator is somebody else's server
})
