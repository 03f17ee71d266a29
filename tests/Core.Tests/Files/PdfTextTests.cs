using System.Diagnostics;
using System.Text;
using Kith.Core.Files;

namespace Kith.Core.Tests.Files;

public sealed class PdfTextTests
{
    private const string Hello = "BT /F1 12 Tf 72 700 Td (Hello world) Tj 0 -14 Td (second line) Tj ET";

    [Fact]
    public void ExtractPages_plain_file_gives_its_lines() =>
        Assert.Equal(["Hello world\nsecond line"], PdfText.ExtractPages(PdfBuilder.OnePage(Hello).Build()));

    [Theory]
    [InlineData("/FlateDecode", "flate")]
    [InlineData("/ASCIIHexDecode", "hex")]
    [InlineData("/ASCII85Decode", "a85")]
    [InlineData("/LZWDecode", "lzw")]
    [InlineData("/RunLengthDecode", "rl")]
    [InlineData("[/ASCIIHexDecode /FlateDecode]", "hex+flate")]
    public void ExtractPages_filtered_content_is_decoded(string filter, string encoding)
    {
        var plain = Encoding.Latin1.GetBytes("BT /F1 12 Tf (Hello) Tj ET");
        byte[] data = encoding switch
        {
            "flate" => PdfBuilder.Deflate(plain),
            "hex" => Encoding.Latin1.GetBytes(Convert.ToHexString(plain) + ">"),
            "a85" => Encoding.Latin1.GetBytes(Ascii85(plain) + "~>"),
            "lzw" => Lzw(plain),
            "rl" => [(byte)(plain.Length - 1), .. plain, 128],
            _ => Encoding.Latin1.GetBytes(Convert.ToHexString(PdfBuilder.Deflate(plain)) + ">"),
        };

        var pdf = PdfBuilder.OnePage("").Stream(4, $"/Filter {filter}", data).Build();

        Assert.Equal(["Hello"], PdfText.ExtractPages(pdf));
    }

    [Fact]
    public void ExtractPages_object_streams_with_predictors_are_read() =>
        Assert.Equal(["Hello world\nsecond line"], PdfText.ExtractPages(PdfBuilder.OnePage(Hello).BuildWithObjectStream()));

    [Fact]
    public void ExtractPages_two_pages_come_in_the_order_of_the_tree()
    {
        var pdf = PdfBuilder.OnePage(Hello)
            .Object(2, "<< /Type /Pages /Kids [7 0 R 3 0 R] /Count 2 /Resources << /Font << /F1 5 0 R >> >> >>")
            .Object(7, "<< /Type /Page /Parent 2 0 R /Contents [8 0 R] >>")
            .Stream(8, "BT /F1 12 Tf (first) Tj ET")
            .Build();

        Assert.Equal(["first", "Hello world\nsecond line"], PdfText.ExtractPages(pdf));
    }

    [Fact]
    public void ExtractPages_identity_h_font_is_read_through_its_unicode_map()
    {
        var pdf = PdfBuilder.OnePage("BT /F1 12 Tf <000100020003> Tj ET", "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R /DescendantFonts [<< /DW 500 >>] >>")
            .Stream(9, "1 beginbfchar <0001> <65E5> endbfchar 1 beginbfrange <0002> <0003> <0041> endbfrange")
            .Build();

        Assert.Equal(["日AB"], PdfText.ExtractPages(pdf));
    }

    [Fact]
    public void ExtractPages_differences_name_the_characters() =>
        Assert.Equal(["éfiΩ–"], PdfText.ExtractPages(PdfBuilder.OnePage(
            "BT /F1 12 Tf (\\001\\002\\003\\226) Tj ET",
            "<< /Type /Font /Subtype /Type1 /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /eacute /f_i /uni03A9] >> >>").Build()));

    [Fact]
    public void ExtractPages_form_object_is_part_of_the_page()
    {
        var pdf = PdfBuilder.OnePage("BT /F1 12 Tf 0 100 Td (before) Tj ET /X1 Do")
            .Stream(6, "/Type /XObject /Subtype /Form", Encoding.Latin1.GetBytes("BT /F1 12 Tf (inside) Tj ET"))
            .Build();

        Assert.Equal(["before\ninside"], PdfText.ExtractPages(pdf));
    }

    [Theory]
    [InlineData("BT /F1 10 Tf [(kern) -50 (ed) -400 (words)] TJ ET", "kerned words")]
    [InlineData("BT /F1 10 Tf 1 0 0 1 0 0 Tm (far) Tj 1 0 0 1 90 0 Tm (apart) Tj ET", "far apart")]
    [InlineData("BT /F1 10 Tf 12 TL (a) Tj T* (b) Tj (c) ' ET", "a\nb\nc")]
    [InlineData("BT /F1 10 Tf (esc\\(a\\)ped \\101) Tj ET", "esc(a)ped A")]
    [InlineData("BI /W 1 /H 1 ID \x01(\x02 EI BT /F1 10 Tf (after image) Tj ET", "after image")]
    public void ExtractPages_text_positions_become_spaces_and_lines(string content, string text) =>
        Assert.Equal([text], PdfText.ExtractPages(PdfBuilder.OnePage(content).Build()));

    [Fact]
    public void ExtractPages_incremental_update_the_later_object_holds()
    {
        byte[] pdf = [.. PdfBuilder.OnePage(Hello).Build(), .. new PdfBuilder().Stream(4, "BT /F1 9 Tf (updated) Tj ET").Build()];
        Assert.Equal(["updated"], PdfText.ExtractPages(pdf));
    }

    [Fact]
    public void ExtractPages_encrypted_file_is_refused_as_such() =>
        Assert.Contains("encrypted", Refused(PdfBuilder.OnePage(Hello).Build("/Root 1 0 R /Encrypt << /Filter /Standard >>")).Message, StringComparison.Ordinal);

    [Fact]
    public void ExtractPages_truncated_file_is_refused()
    {
        var pdf = PdfBuilder.OnePage(Hello).Build();
        Assert.All([pdf.Length / 4, pdf.Length / 2, pdf.Length - 30], length => Refused(pdf[..length]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a pdf")]
    [InlineData("%PDF-1.7\nstartxref\n")]
    [InlineData("%PDF-1.7\ntrailer << /Root 1 0 R >> startxref")]
    public void ExtractPages_other_bytes_are_refused(string file) => Refused(Encoding.Latin1.GetBytes(file));

    [Theory]
    [InlineData("9999999999999999999999999")]
    [InlineData("-5")]
    [InlineData("3")]
    public void ExtractPages_wrong_stream_length_is_corrected(string length)
    {
        var pdf = PdfBuilder.OnePage("").Object(4, $"<< /Length {length} >>\nstream\n{Hello}\nendstream").Build();
        Assert.Equal(["Hello world\nsecond line"], PdfText.ExtractPages(pdf));
    }

    [Fact]
    public void ExtractPages_decompression_bomb_is_refused() =>
        Refused(PdfBuilder.OnePage("").Stream(4, "/Filter [/FlateDecode /FlateDecode]", PdfBuilder.Deflate(PdfBuilder.Deflate(new byte[200 << 20]))).Build());

    [Fact]
    public void ExtractPages_deep_nesting_is_refused() =>
        Refused(PdfBuilder.OnePage(new string('[', 100_000)).Build());

    [Fact]
    public void ExtractPages_page_tree_with_a_cycle_is_refused() =>
        Refused(PdfBuilder.OnePage(Hello).Object(2, "<< /Type /Pages /Kids [2 0 R 2 0 R] >>").Build());

    [Fact]
    public void ExtractPages_form_that_draws_itself_is_refused() =>
        Refused(PdfBuilder.OnePage("/X1 Do").Stream(6, "/Subtype /Form", "/X1 Do /X1 Do"u8.ToArray()).Build());

    [Fact]
    public void ExtractPages_mutated_files_give_text_or_a_refusal_in_bounded_time()
    {
        byte[][] seeds =
        [
            PdfBuilder.OnePage(Hello).Build(),
            PdfBuilder.OnePage(Hello).BuildWithObjectStream(),
            PdfBuilder.OnePage("").Stream(4, "/Filter /FlateDecode", PdfBuilder.Deflate(Encoding.Latin1.GetBytes(Hello))).Build(),
            PdfBuilder.OnePage("BT /F1 12 Tf <0001> Tj ET /X1 Do", "<< /Subtype /Type0 /ToUnicode 9 0 R /DescendantFonts [<< /DW 500 /W [1 [500] 2 3 400] >>] >>")
                .Stream(6, "/Subtype /Form", "q 1 0 0 1 5 5 cm BT /F1 9 Tf [<0001> -300 <0002>] TJ ET Q"u8.ToArray())
                .Stream(9, "1 beginbfrange <0001> <0003> <0041> endbfrange").Build(),
        ];
        var random = new Random(20250101);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2_000; i++)
        {
            var pdf = Mutate(seeds[i % seeds.Length], random);
            try
            {
                Assert.All(PdfText.ExtractPages(pdf), Assert.NotNull);
            }
            catch (KithException e)
            {
                Assert.Equal(ErrorCode.Invalid, e.Code);
            }
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"took {clock.Elapsed}");
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var pdf = seed.ToList();
        for (var edits = random.Next(1, 8); edits > 0; edits--)
        {
            var at = random.Next(pdf.Count);
            switch (random.Next(4))
            {
                case 0:
                    pdf[at] = (byte)random.Next(256);
                    break;
                case 1:
                    pdf[at] = (byte)"0123456789()<>[]/% R"[random.Next(20)];
                    break;
                case 2:
                    pdf.RemoveRange(at, Math.Min(random.Next(1, 20), pdf.Count - at - 1));
                    break;
                default:
                    pdf.InsertRange(at, pdf.GetRange(at, Math.Min(random.Next(1, 60), pdf.Count - at)));
                    break;
            }
        }

        return [.. pdf];
    }

    private static KithException Refused(byte[] pdf)
    {
        var refusal = Assert.Throws<KithException>(() => PdfText.ExtractPages(pdf));
        Assert.Equal(ErrorCode.Invalid, refusal.Code);
        return refusal;
    }

    private static string Ascii85(byte[] data) => string.Concat(data.Chunk(4).Select(chunk =>
    {
        var value = chunk.Concat(new byte[4 - chunk.Length]).Aggregate(0u, (sum, next) => (sum << 8) | next);
        var digits = new char[5];
        for (var i = 4; i >= 0; i--, value /= 85)
            digits[i] = (char)('!' + (value % 85));
        return new string(digits, 0, chunk.Length + 1);
    }));

    /// <summary>Literal codes of nine bits only: valid LZW for short data.</summary>
    private static byte[] Lzw(byte[] data)
    {
        var bits = string.Concat(data.Select(value => (int)value).Prepend(256).Append(257).Select(code => Convert.ToString(code, 2).PadLeft(9, '0')));
        return [.. bits.Chunk(8).Select(octet => Convert.ToByte(new string(octet).PadRight(8, '0'), 2))];
    }
}
