package org.aiis.report.view;

import java.util.List;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.spec.standard.Standard;

/** The scoreboard as one page that asks for nothing from outside, the same bytes from the same bundles. */
public final class BoardView {
    private BoardView() {}

    public static byte[] render(Scoreboard board, Standard standard) {
        BoardPage page = new BoardBuilder(board, standard).build();
        return new Template("board.vm", List.of("report.css", "board.css"), "board.js").render(page);
    }
}
