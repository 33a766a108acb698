package com.ventros.crm.specifications;

/**
 * Text without the difference between capitals and small letters, and between letters with and without accents. One
 * table says it for Java, and the function {@code folded} has the same for PostgreSQL, whose own ideas of a small letter are others.
 */
public final class Folding {

    /** Letters of Latin, Greek and Cyrillic alphabets in both sizes, in the order of {@link #TO}. */
    private static final String FROM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
            + "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĲĴĵĶķĹĺĻļĽľĿŁłŃńŅņŇňŊŌōŎŏŐőŒŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽ"
            + "žſƠơƯưȘșȚț"
            + "ΆΈΉΊΌΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫάέήίΰςϊϋόύώ"
            + "ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯйѐёѓїќѝўҐ"
            + "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ";
    private static final String TO = "abcdefghijklmnopqrstuvwxyz"
            + "aaaaaaæceeeeiiiiðnoooooouuuuyþaaaaaaceeeeiiiinoooooouuuuyy"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiĳjjkkllllllŀllnnnnnnŋooooooœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzz"
            + "zsoouusstt"
            + "αεηιουωιαβγδεζηθικλμνξοπρστυφχψωιυαεηιυσιυουω"
            + "ееђгєѕііјљњћкиуџабвгдежзииклмнопрстуфхцчшщъыьэюяиеегікиуґ"
            + "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
    /** What becomes of each letter up to the last of the table. */
    private static final char[] FOLDED = new char['ỹ' + 1];

    static {
        for (char letter = 0; letter < FOLDED.length; letter++) FOLDED[letter] = letter;
        for (int i = 0; i < FROM.length(); i++) FOLDED[FROM.charAt(i)] = TO.charAt(i);
    }

    private Folding() {}

    public static String fold(String text) {
        var folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            folded.append(letter < FOLDED.length ? FOLDED[letter] : letter);
        }
        return folded.toString();
    }

    /** A pattern of SQL's {@code like} for what holds this text, which is folded already. */
    public static String within(String folded) {
        return "%" + literal(folded) + "%";
    }

    /** The text as it stands in a pattern of SQL's {@code like}, where some signs would stand for others. */
    public static String literal(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
