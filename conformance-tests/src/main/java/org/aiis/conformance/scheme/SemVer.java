package org.aiis.conformance.scheme;

/** Order of versions that {@code Profile} has already found well formed; a pre-release comes before its release. */
record SemVer(int major, int minor, int patch, String preRelease) implements Comparable<SemVer> {
    static SemVer parse(String version) {
        String[] halves = version.split("-", 2);
        String[] numbers = halves[0].split("\\.");
        return new SemVer(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                halves.length > 1 ? halves[1] : "");
    }

    @Override
    public int compareTo(SemVer other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        order = order != 0 ? order : Integer.compare(patch, other.patch);
        if (order != 0 || preRelease.equals(other.preRelease)) {
            return order;
        }
        return preRelease.isEmpty() ? 1 : other.preRelease.isEmpty() ? -1 : preRelease.compareTo(other.preRelease);
    }
}
