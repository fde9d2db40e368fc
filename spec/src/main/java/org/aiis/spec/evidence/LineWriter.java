package org.aiis.spec.evidence;

import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.JsonText;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/** The text of a line. Of cases that were driven there are tens of thousands, which are written member by member. */
final class LineWriter {
    private final JsonText out = new JsonText();

    private LineWriter() {}

    /** The member {@code entry} of a line. */
    static String entry(Entry entry) {
        if (!(entry instanceof Entry.CaseDone done)) {
            return Codec.canonical(entry);
        }
        LineWriter to = new LineWriter();
        to.done(done);
        return to.out.toString();
    }

    static String text(String entry, String prev, long seq) {
        JsonText line = new JsonText().raw("{\"entry\":").raw(entry);
        return line.raw(",\"prev\":")
                .quoted(prev)
                .raw(",\"seq\":")
                .number(seq)
                .raw("}")
                .toString();
    }

    private void done(Entry.CaseDone done) {
        out.raw("{\"event\":\"case\",\"finding\":");
        finding(done.finding());
        out.raw(",\"id\":").quoted(done.id());
        out.raw(",\"micros\":").number(done.micros());
        out.raw(",\"observation\":");
        observation(done.observation());
        if (done.seat().isPresent()) {
            Seat seat = done.seat().get();
            out.raw(",\"seat\":{\"place\":").number(seat.place());
            out.raw(",\"process\":").number(seat.process()).raw("}");
        }
        out.raw(",\"stimulus\":").quoted(done.stimulus()).raw("}");
    }

    private void finding(Finding finding) {
        out.raw("{\"basis\":").quoted(finding.basis().name());
        out.raw(",\"message\":").quoted(finding.message());
        if (!finding.patterns().isEmpty()) {
            out.raw(",\"patterns\":").raw(Codec.canonical(finding.patterns()));
        }
        finding.reason().ifPresent(reason -> out.raw(",\"reason\":").quoted(reason));
        out.raw(",\"tallies\":").object(finding.tallies(), count -> out.number(count));
        out.raw(",\"verdict\":").quoted(finding.verdict().name());
        finding.worst().ifPresent(worst -> out.raw(",\"worst\":")
                .raw(Double.isFinite(worst) ? Double.toString(worst) : Codec.canonical(worst)));
        out.raw("}");
    }

    private void observation(Observation observation) {
        if (observation instanceof Observation.Outputs outputs) {
            out.raw("{\"kind\":\"outputs\",\"placement\":").list(outputs.placement(), node -> node.writeTo(out));
            out.raw(",\"values\":").object(outputs.values(), this::recorded).raw("}");
        } else if (observation instanceof Observation.Twins twins) {
            out.raw("{\"kind\":\"twins\",\"broken\":");
            observation(twins.broken());
            out.raw(",\"valid\":");
            observation(twins.valid());
            out.raw("}");
        } else {
            out.raw(Codec.canonical(observation));
        }
    }

    private void recorded(Recorded value) {
        if (value instanceof Recorded.Digest digest) {
            out.raw("{\"kept\":\"digest\",\"digest\":").quoted(digest.digest());
            out.raw(",\"shape\":").numbers(digest.shape().dims());
            out.raw(",\"type\":").quoted(digest.type().label()).raw("}");
        } else {
            out.raw("{\"kept\":\"whole\",\"tensor\":");
            value.tensor().writeTo(out);
            out.raw("}");
        }
    }
}
