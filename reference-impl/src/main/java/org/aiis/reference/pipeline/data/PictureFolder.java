package org.aiis.reference.pipeline.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * A folder of PNG and JPEG files from outside: a folder for each class, named after it, and the class's images in it. Where there are the
 * two folders {@code train} and {@code test} and nothing else, each of them is such a folder, and the second one is held out. Classes
 * count from 0 in the order of their names, character by character; images come in an order that follows no class and is the same on
 * every machine. Names that begin with a dot are passed over; anything else that is no image, and a link that leads out of the folder,
 * is refused.
 *
 * @param channels 3 where an image of either part has colour, else 1
 * @param heldOut none where the folder has one part
 */
public record PictureFolder(List<String> classes, int channels, PictureFiles training, Optional<PictureFiles> heldOut) {
    private static final List<String> PARTS = List.of("test", "train");

    /** What a page, a model and a terminal can show as it is. */
    private static final Pattern CLASS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()+-]{0,63}");

    private static final int SHOWN = 120;

    /** Any number, always the same. */
    private static final long SEED = 0x1A5;

    public PictureFolder {
        classes = List.copyOf(classes);
    }

    /** Reads names and headers. */
    public static PictureFolder read(Path folder, PictureLimits limits) {
        if (!Files.isDirectory(folder)) {
            throw InputException.at(folder.toString(), 0, "a folder with a folder for each class", "no folder");
        }
        Walk walk = new Walk(folder, real(folder, folder.toString()), limits);
        List<Path> top = walk.children(folder);
        if (!names(top).equals(PARTS)) {
            List<String> classes = classes(folder, top, limits);
            return of(classes, walk.part(folder, classes), Optional.empty());
        }
        Path train = folder.resolve("train");
        Path test = folder.resolve("test");
        List<String> classes = classes(train, walk.children(train), limits);
        for (String held : folders(test, walk.children(test))) {
            if (!classes.contains(held)) {
                throw InputException.of(
                        shown(folder, test.resolve(held)) + ": a class that train does not have",
                        Nearest.hint(held, classes));
            }
        }
        return of(classes, walk.part(train, classes), Optional.of(walk.part(test, classes)));
    }

    private static PictureFolder of(List<String> classes, List<PictureFile> files, Optional<List<PictureFile>> held) {
        boolean colour = files.stream().anyMatch(f -> f.header().colour())
                || held.stream().flatMap(List::stream).anyMatch(f -> f.header().colour());
        int channels = colour ? 3 : 1;
        return new PictureFolder(classes, channels, mixed(channels, files), held.map(h -> mixed(channels, h)));
    }

    private static PictureFiles mixed(int channels, List<PictureFile> files) {
        int[] order = new SplitMix(SEED).permutation(files.size());
        return new PictureFiles(
                channels, Arrays.stream(order).mapToObj(files::get).toList());
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(p -> String.valueOf(p.getFileName())).toList();
    }

    private static List<String> classes(Path part, List<Path> children, PictureLimits limits) {
        List<String> names = folders(part, children);
        if (names.size() < 2 || names.size() > limits.classes()) {
            throw InputException.at(
                    part.toString(), 0, "2 to " + limits.classes() + " folders, one for each class", "" + names.size());
        }
        return names;
    }

    private static List<String> folders(Path part, List<Path> folders) {
        List<String> names = names(folders);
        for (int i = 0; i < names.size(); i++) {
            if (!Files.isDirectory(folders.get(i))) {
                throw InputException.at(
                        part + "/" + printable(names.get(i)),
                        0,
                        "a folder of images, named after their class",
                        "a file");
            }
            if (!CLASS.matcher(names.get(i)).matches()) {
                throw InputException.of(
                        part + "/" + printable(names.get(i)) + ": cannot be the name of a class",
                        "at most 64 letters, digits, blanks and . _ ( ) + -, a letter or digit first");
            }
        }
        return names;
    }

    private static Path real(Path path, String origin) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw InputException.because(origin + ": cannot be read", e);
        }
    }

    private static String shown(Path folder, Path path) {
        return printable(folder.relativize(path).toString());
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}]", "?");
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean;
    }

    /**
     * Goes through a folder.
     *
     * @param root the same folder behind all links
     */
    private record Walk(Path folder, Path root, PictureLimits limits) {
        /** What lies in a folder below, sorted by name. */
        List<Path> children(Path below) {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(within(below))) {
                for (Path child : stream) {
                    String name = String.valueOf(child.getFileName());
                    if (name.startsWith(".")) {
                        continue;
                    }
                    if (found.size() >= limits.files()) {
                        throw InputException.at(below.toString(), 0, "at most " + limits.files() + " files", "more");
                    }
                    found.add(below.resolve(name));
                }
            } catch (IOException e) {
                throw InputException.because(below + ": cannot be read", e);
            }
            found.sort(Comparator.comparing(p -> String.valueOf(p.getFileName())));
            return found;
        }

        /** Where something really lies, which has to be in the folder. */
        private Path within(Path path) {
            Path real = real(path, shown(folder, path));
            if (!real.startsWith(root)) {
                throw InputException.of(
                        shown(folder, path) + ": a link that leads out of the folder",
                        "put the images themselves into the folder");
            }
            return real;
        }

        /** Images of one part, class by class. */
        List<PictureFile> part(Path part, List<String> classes) {
            List<PictureFile> files = new ArrayList<>();
            for (Path of : children(part)) {
                int label = classes.indexOf(String.valueOf(of.getFileName()));
                List<Path> images = children(of);
                if (images.isEmpty()) {
                    throw InputException.at(shown(folder, of), 0, "images of the class", "none");
                }
                for (Path image : images) {
                    if (files.size() >= limits.files()) {
                        throw InputException.at(
                                folder.toString(), 0, "at most " + limits.files() + " images in a part", "more");
                    }
                    files.add(file(image, label));
                }
            }
            return files;
        }

        private PictureFile file(Path image, int label) {
            String origin = shown(folder, image);
            Path real = within(image);
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw InputException.at(origin, 0, "an image", Files.isDirectory(real) ? "a folder" : "no file");
            }
            PictureFormat format = PictureFormat.ofName(String.valueOf(image.getFileName()))
                    .orElseThrow(() -> InputException.at(
                            origin, 0, "a file whose name ends in .png, .jpg or .jpeg", "another name"));
            return PictureFile.of(real, origin, format, label, limits);
        }
    }
}
