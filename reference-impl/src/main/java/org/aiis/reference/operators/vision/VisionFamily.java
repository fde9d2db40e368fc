package org.aiis.reference.operators.vision;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The operators on images, by name. */
public final class VisionFamily {
    private VisionFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(20, "AffineGrid", new AffineGrid()),
                Known.since(18, "CenterCropPad", new CenterCropPad()),
                Known.of("DepthToSpace", new DepthToSpace()),
                Known.since(16, "GridSample", new GridSample()),
                Known.since(20, "ImageDecoder", new ImageDecoder()),
                Known.of("NonMaxSuppression", new NonMaxSuppression()),
                Known.of("Resize", new Resize()),
                Known.of("RoiAlign", new RoiAlign()),
                Known.of("SpaceToDepth", new SpaceToDepth()));
    }
}
