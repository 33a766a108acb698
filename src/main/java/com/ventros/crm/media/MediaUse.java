package com.ventros.crm.media;

import java.util.Collection;

/** Whoever refers to files: one that somebody refers to is not deleted. */
public interface MediaUse {

    /** Those of the files that are referred to. */
    Collection<MediaId> inUse(Collection<MediaId> files);
}
