package org.aiis.conformance.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.data.Fingerprint;
import org.aiis.reference.pipeline.data.PictureFiles;
import org.aiis.reference.pipeline.data.PictureFolder;
import org.aiis.reference.pipeline.data.PictureLimits;
import org.aiis.reference.pipeline.data.Pictures;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.network.ImageInput;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.reference.pipeline.preprocess.Split;
import org.aiis.report.view.Page;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * What case A learns from: the fixture, or a folder of images from outside.
 *
 * @param classes their names in order
 * @param kind what the images are, for a sentence
 * @param facts about the folder
 */
record ImageData(
        ImageNetwork network,
        Pictures training,
        Pictures heldOut,
        List<String> classes,
        String kind,
        List<Page.Fact> facts) {
    private static final int HELD_OUT_OF = 5;

    /** Records that one run of the split compares with each other. */
    private static final int BLOCK = 1000;

    /** Of a class whose fifth is not nothing. */
    private static final int FEWEST = 3;

    /** Values of all images of a part behind resampling, as many as an IDX file may hold. */
    private static final long MOST_VALUES = 64L << 20;

    /** Where the split begins; the same for each seed of a training, so that their held-out images are the same. */
    private static final long SEED = 0x5B1;

    ImageData {
        classes = List.copyOf(classes);
        facts = List.copyOf(facts);
    }

    static ImageData of(Setting setting, Answers backend) {
        ImageData all = setting.images().isPresent()
                ? folder(setting.images().orElseThrow(), backend)
                : fixture(FashionMnist.read(setting.home()));
        return all.part(setting.records());
    }

    private static ImageData fixture(FashionMnist data) {
        List<String> classes = IntStream.range(0, FashionMnist.CLASSES)
                .mapToObj(Integer::toString)
                .toList();
        return new ImageData(
                new ImageNetwork(), data.training(), data.heldOut(), classes, "Ten kinds of clothing", List.of());
    }

    private static ImageData folder(Path path, Answers backend) {
        PictureFolder folder = PictureFolder.read(path, PictureLimits.USUAL);
        ImageNetwork network = new ImageNetwork(
                new ImageInput.AnySize(folder.channels()), folder.classes().size());
        Parts parts = folder.heldOut()
                .map(held -> new Parts(folder.training(), held))
                .orElseGet(() -> split(backend, folder.training(), folder.classes()));
        for (Pictures part : List.of(parts.training(), parts.heldOut())) {
            long values = (long) part.size() * ImageNetwork.SIDE * ImageNetwork.SIDE * folder.channels();
            if (values > MOST_VALUES) {
                throw InputException.of(
                        path + ": " + part.size() + " images of a part are more than a training holds at once",
                        "at most " + MOST_VALUES / (values / part.size()));
            }
        }
        int[] sides = folder.training().sides();
        return new ImageData(
                network,
                parts.training(),
                parts.heldOut(),
                folder.classes(),
                folder.classes().size() + " classes of images of a folder",
                List.of(
                        new Page.Fact("classes", String.join(", ", folder.classes())),
                        new Page.Fact("channels", folder.channels() == 1 ? "1, grey" : "3, red, green, blue"),
                        new Page.Fact("sides before resampling", sides[0] + " to " + sides[1] + " pixels"),
                        new Page.Fact("held out", folder.heldOut().isPresent() ? "the folder test" : "a fifth")));
    }

    private record Parts(PictureFiles training, PictureFiles heldOut) {}

    /** A fifth of each class, drawn by the backend; a large class in blocks, each of which is divided so. */
    private static Parts split(Answers backend, PictureFiles all, List<String> names) {
        SplitMix random = new SplitMix(SEED);
        Tensor labels = all.labels();
        List<Long> training = new ArrayList<>();
        List<Long> heldOut = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            int of = c;
            int[] members = IntStream.range(0, all.size())
                    .filter(i -> labels.integer(i) == of)
                    .toArray();
            if (members.length < FEWEST) {
                throw InputException.at(
                        names.get(c), 0, FEWEST + " images or more, of which one is held out", "" + members.length);
            }
            for (int from = 0; from < members.length; from += BLOCK) {
                int[] block = Arrays.copyOfRange(members, from, Math.min(members.length, from + BLOCK));
                double[] keys =
                        IntStream.of(block).mapToDouble(i -> random.uniform()).toArray();
                Map<String, Tensor> dealt = backend.once(
                        Split.stratified(1.0 / HELD_OUT_OF),
                        Map.of(
                                "classes",
                                        integers(LongStream.generate(() -> of)
                                                .limit(block.length)
                                                .toArray()),
                                "keys", Tensor.ofReals(ElementType.FLOAT32, Shape.of(block.length), keys)));
                places(dealt, "training", block).forEach(training::add);
                places(dealt, "test", block).forEach(heldOut::add);
            }
        }
        return new Parts(all.at(sorted(training)), all.at(sorted(heldOut)));
    }

    private static LongStream places(Map<String, Tensor> dealt, String part, int[] members) {
        return Arrays.stream(Objects.requireNonNull(dealt.get(part)).integers()).map(i -> members[(int) i]);
    }

    private static long[] sorted(List<Long> places) {
        return places.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static Tensor integers(long[] values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }

    /** The first records of both parts, which come in an order that follows no class. */
    private ImageData part(OptionalInt records) {
        if (records.isEmpty()) {
            return this;
        }
        int taken = records.getAsInt();
        if (taken < 10 || taken > training.size()) {
            throw InputException.of("--records " + taken, "10 to " + training.size());
        }
        int held = Math.min(heldOut.size(), Math.max(1, taken / HELD_OUT_OF));
        return new ImageData(network, training.slice(0, taken), heldOut.slice(0, held), classes, kind, facts);
    }

    /** What the exported model keeps of the classes. */
    List<String> kept() {
        return network.input() instanceof ImageInput.Squares ? List.of() : classes;
    }

    /**
     * Of how many images another one in the same part is equal.
     *
     * @throws InputException when an image stands in both parts
     */
    int twins(Answers backend) {
        Map<Object, Integer> learnt = new HashMap<>();
        List<?> first = identities(backend, training);
        for (int i = 0; i < first.size(); i++) {
            learnt.putIfAbsent(first.get(i), i);
        }
        List<?> second = identities(backend, heldOut);
        for (int i = 0; i < second.size(); i++) {
            Integer twin = learnt.get(second.get(i));
            if (twin != null) {
                throw InputException.of(
                        name(heldOut, i) + ": a held-out image that is the training image " + name(training, twin),
                        "an image may be in one part alone, in one class");
            }
        }
        return first.size() - learnt.size();
    }

    private static String name(Pictures part, int image) {
        return part instanceof PictureFiles files ? files.name(image) : Integer.toString(image);
    }

    /** For the fixture computed on the backend; sums of images of any size would not be exact in float32. */
    private List<?> identities(Answers backend, Pictures part) {
        if (network.input() instanceof ImageInput.Squares) {
            return backend.each(Fingerprint.model(), "images", part.pieces()).stream()
                    .flatMap(piece -> Fingerprint.rows(Objects.requireNonNull(piece.get("fingerprint"))).stream())
                    .toList();
        }
        List<String> digests = new ArrayList<>();
        for (Iterator<Tensor> pieces = part.pieces(); pieces.hasNext(); ) {
            Tensor piece = pieces.next();
            byte[] pixels = piece.toByteArray();
            int each = pixels.length / piece.shape().dim(0);
            for (int at = 0; at < pixels.length; at += each) {
                String digest = Bytes.sha256(Arrays.copyOfRange(pixels, at, at + each));
                digests.add(String.format(Locale.ROOT, "%d %s", piece.shape().dim(1), digest));
            }
        }
        return digests;
    }

    /** How the parts were shown to have no image in common. */
    String shown() {
        return network.input() instanceof ImageInput.Squares
                ? "Pixels are scaled to [0, 1], in the model for inference too. Digests of all images, computed on the backend,"
                        + " show that no held-out image is a training image."
                : "Images are decoded, resampled to 28 × 28 and scaled to [0, 1]; resampling and scaling are in the model for"
                        + " inference too. Digests of all pixels show that no held-out image is a training image.";
    }
}
