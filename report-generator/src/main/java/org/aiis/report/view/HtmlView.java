package org.aiis.report.view;

import java.util.List;

/** The report as one page that asks for nothing from outside. */
final class HtmlView {
    private HtmlView() {}

    static byte[] render(Page page) {
        return new Template("report.vm", List.of("report.css"), "report.js").render(page);
    }
}
