package org.aiis.report.view;

import java.util.List;

/** Where the error of a backend grows in a model, as one page that asks for nothing from outside. */
public final class GrowthView {
    private GrowthView() {}

    /** @throws org.aiis.spec.codec.InputException when the page would be too large to be opened */
    public static byte[] render(GrowthPage page) {
        return new Template("growth.vm", List.of("report.css", "growth.css"), "growth.js")
                .render(GrowthBuilder.of(page));
    }
}
