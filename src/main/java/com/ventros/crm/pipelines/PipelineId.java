package com.ventros.crm.pipelines;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** One way that contacts go, status by status. */
public record PipelineId(UUID value) {

    public PipelineId {
        Objects.requireNonNull(value, "value");
    }

    public static PipelineId create() {
        return new PipelineId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
