package org.aiis.spec.protocol;

import java.util.Map;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.JsonText;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Attachments.Reference;

/**
 * The text of headers. Three requests and three answers make up a run, tens of thousands of each; those are written member by
 * member. So is what every worker begins with, to describe itself, since to load the classes that map anything else is a large
 * part of its start. The others are written by {@link Codec}.
 */
final class HeaderWriter {
    private final JsonText out = new JsonText();

    private HeaderWriter() {}

    static String text(RequestHeader.Numbered message) {
        HeaderWriter to = new HeaderWriter();
        to.out.raw("{\"id\":").number(message.id()).raw(",\"request\":{\"step\":\"");
        if (message.request() instanceof RequestHeader.Load load && load.timed().isEmpty()) {
            to.out.raw("load\",\"bytes\":").number(load.bytes());
            to.out.raw(",\"model\":").quoted(load.model());
            to.out.raw(",\"profiled\":").raw(Boolean.toString(load.profiled()));
        } else if (message.request() instanceof RequestHeader.Run run) {
            to.out.raw("run\",\"fetch\":").list(run.fetch(), to.out::quoted);
            to.references(",\"inputs\":", run.inputs());
            to.out.raw(",\"keep\":").object(run.keep(), to.out::quoted);
            to.out.raw(",\"kept\":").object(run.kept(), to.out::quoted);
            to.out.raw(",\"model\":").quoted(run.model());
        } else if (message.request() instanceof RequestHeader.Close close) {
            to.out.raw("close\",\"model\":").quoted(close.model());
        } else if (message.request() instanceof RequestHeader.Describe describe) {
            to.out.raw("describe\",\"protocol\":").number(describe.protocol());
        } else {
            return Codec.canonical(message);
        }
        return to.out.raw("}}").toString();
    }

    static String text(AnswerHeader.Numbered message) {
        HeaderWriter to = new HeaderWriter();
        to.out.raw("{\"answer\":{\"kind\":\"");
        if (message.answer() instanceof AnswerHeader.Outputs outputs) {
            to.out.raw("outputs\",\"placement\":").list(outputs.placement(), node -> node.writeTo(to.out));
            to.references(",\"values\":", outputs.values());
        } else if (message.answer() instanceof AnswerHeader.Rejected rejected) {
            to.out.raw("rejected\",\"code\":").quoted(rejected.code());
            to.out.raw(",\"message\":").quoted(rejected.message());
            to.out.raw(",\"phase\":").quoted(rejected.phase().name());
        } else if (message.answer() instanceof AnswerHeader.NotDriven notDriven) {
            to.out.raw("not-driven\",\"reason\":").quoted(notDriven.reason());
        } else if (message.answer() instanceof AnswerHeader.Described described) {
            to.out.raw("described\",\"protocol\":").number(described.protocol()).raw(",\"sut\":");
            to.described(described.sut());
        } else {
            return Codec.canonical(message);
        }
        return to.out.raw("},\"id\":").number(message.id()).raw("}").toString();
    }

    private void described(Sut sut) {
        out.raw("{\"backend\":").quoted(sut.backend());
        out.raw(",\"libraries\":").object(sut.libraries(), out::quoted);
        out.raw(",\"name\":").quoted(sut.name());
        out.raw(",\"properties\":").object(sut.properties(), out::quoted);
        out.raw(",\"provider\":").quoted(sut.provider());
        out.raw(",\"vendor\":").quoted(sut.vendor());
        out.raw(",\"version\":").quoted(sut.version()).raw("}");
    }

    private void references(String member, Map<String, Reference> members) {
        out.raw(member).object(members, tensor -> {
            out.raw("{\"attachment\":").number(tensor.attachment());
            out.raw(",\"shape\":").numbers(tensor.shape().dims());
            out.raw(",\"type\":").quoted(tensor.type().label()).raw("}");
        });
    }
}
