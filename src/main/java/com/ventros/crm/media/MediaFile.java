package com.ventros.crm.media;

/**
 * What is known of a kept file.
 *
 * @param sha256   of its bytes, in hexadecimal: what it is kept under
 * @param mimeType what its bytes are, whatever its sender called it
 */
public record MediaFile(MediaId id, String sha256, long bytes, String mimeType) {}
