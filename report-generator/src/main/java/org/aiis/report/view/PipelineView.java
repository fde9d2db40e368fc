package org.aiis.report.view;

import java.util.List;

/** A run of the pipeline as one page with its plots, that asks for nothing from outside. */
public final class PipelineView {
    private PipelineView() {}

    public static byte[] render(PipelinePage page) {
        return new Template("pipeline.vm", List.of("report.css", "pipeline.css"), "pipeline.js").render(page);
    }
}
