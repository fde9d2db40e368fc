package org.aiis.spec.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.protocol.Attachments.Reference;
import org.aiis.spec.testing.NodePlacement;

/**
 * The text of headers. Three requests and three answers make up a run, tens of thousands of each: mapping them to JSON by way
 * of their classes took as long as the tensors behind them. They are written here member by member, the same text; the others
 * by {@link Codec}.
 */
final class HeaderWriter {
    private final StringBuilder out = new StringBuilder(256);

    private HeaderWriter() {}

    static String text(RequestHeader.Numbered message) {
        HeaderWriter to = new HeaderWriter();
        to.out.append("{\"id\":").append(message.id()).append(",\"request\":{\"step\":\"");
        if (message.request() instanceof RequestHeader.Load load && load.timed().isEmpty()) {
            to.out.append("load\",\"bytes\":").append(load.bytes()).append(",\"model\":");
            to.quoted(load.model()).append(",\"profiled\":").append(load.profiled());
        } else if (message.request() instanceof RequestHeader.Run run) {
            to.out.append("run\",\"fetch\":[");
            to.fetched(run.fetch());
            to.out.append("],\"inputs\":{");
            to.references(run.inputs());
            to.out.append("},\"keep\":{");
            to.texts(run.keep());
            to.out.append("},\"kept\":{");
            to.texts(run.kept());
            to.out.append("},\"model\":");
            to.quoted(run.model());
        } else if (message.request() instanceof RequestHeader.Close close) {
            to.out.append("close\",\"model\":");
            to.quoted(close.model());
        } else {
            return Codec.canonical(message);
        }
        return to.out.append("}}").toString();
    }

    static String text(AnswerHeader.Numbered message) {
        HeaderWriter to = new HeaderWriter();
        to.out.append("{\"answer\":{\"kind\":\"");
        if (message.answer() instanceof AnswerHeader.Outputs outputs) {
            to.out.append("outputs\",\"placement\":[");
            to.placement(outputs.placement());
            to.out.append("],\"values\":{");
            to.references(outputs.values());
            to.out.append('}');
        } else if (message.answer() instanceof AnswerHeader.Rejected rejected) {
            to.out.append("rejected\",\"code\":");
            to.quoted(rejected.code()).append(",\"message\":");
            to.quoted(rejected.message())
                    .append(",\"phase\":\"")
                    .append(rejected.phase().name())
                    .append('"');
        } else if (message.answer() instanceof AnswerHeader.NotDriven notDriven) {
            to.out.append("not-driven\",\"reason\":");
            to.quoted(notDriven.reason());
        } else {
            return Codec.canonical(message);
        }
        return to.out.append("},\"id\":").append(message.id()).append('}').toString();
    }

    private StringBuilder quoted(String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"');
    }

    private void separate() {
        char last = out.charAt(out.length() - 1);
        if (last != '{' && last != '[') {
            out.append(',');
        }
    }

    private void fetched(List<String> names) {
        for (String name : names) {
            separate();
            quoted(name);
        }
    }

    private void texts(Map<String, String> members) {
        members.forEach((name, value) -> {
            separate();
            quoted(name).append(':');
            quoted(value);
        });
    }

    private void references(Map<String, Reference> members) {
        members.forEach((name, tensor) -> {
            separate();
            quoted(name).append(":{\"attachment\":").append(tensor.attachment()).append(",\"shape\":[");
            for (int dim : tensor.shape().dims()) {
                separate();
                out.append(dim);
            }
            out.append("],\"type\":\"").append(tensor.type().label()).append("\"}");
        });
    }

    private void placement(List<NodePlacement> nodes) {
        for (NodePlacement node : nodes) {
            separate();
            out.append("{\"by\":");
            quoted(node.by()).append(",\"node\":");
            quoted(node.node())
                    .append(",\"state\":\"")
                    .append(node.state().name())
                    .append("\"}");
        }
    }
}
