package org.aiis.report.view;

import java.util.Locale;

/** SVG that a page prints as it is: every text in it is escaped as it goes in, every number is written plainly. */
public final class Drawing {
    private final StringBuilder svg = new StringBuilder();

    Drawing(int width, int height, String title) {
        svg.append("<svg class=\"chart\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\"><title>")
                .append(EscapeReferences.html(title))
                .append("</title>");
    }

    Drawing text(String look, double x, double y, String text) {
        svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", look, x, y))
                .append(EscapeReferences.html(text))
                .append("</text>");
        return this;
    }

    Drawing line(String look, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                look,
                x1,
                y1,
                x2,
                y2));
        return this;
    }

    Drawing rectangle(String look, double x, double y, double width, double height, double opacity) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill-opacity=\"%.3f\"/>",
                look,
                x,
                y,
                width,
                height,
                opacity));
        return this;
    }

    /** A broken line through points x0, y0, x1, y1, … */
    Drawing path(String look, double... points) {
        svg.append("<polyline class=\"").append(look).append("\" points=\"");
        for (int i = 0; i + 1 < points.length; i += 2) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
        }
        svg.append("\"/>");
        return this;
    }

    String text() {
        return svg + "</svg>";
    }
}
