using FsCheck;
using FsCheck.Fluent;
using Kith.Core.Recall;

namespace Kith.Core.Tests.Recall;

public sealed class TermReaderTests
{
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
            words.Add(reader.Word.ToString());
        return words;
    }

    private static string Stem(string word)
    {
        var reader = new TermReader(word, stackalloc char[TermReader.ScratchLength]);
        Assert.True(reader.Read());
        return reader.Term.ToString();
    }

    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("user_name alice-smith", "user name alice smith")]
    [InlineData("Anna's cat isn't O'Brien’s", "anna cat isn brien")]
    [InlineData("l'école d’été", "ecole ete")]
    [InlineData("rock'n'roll", "rockroll")]
    [InlineData("Straße ÆSIR Œuvre Łódź Đà Nẵng", "strasse aesir oeuvre lodz da nang")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("ＡＢＣ １２", "abc 12")]
    [InlineData("1,000 or 1.000.000 or 3.5 on 10:30", "1000 or 1000000 or 3 5 on 10 30")]
    [InlineData("٣ apples v2 2nd", "3 apples v2 2nd")]
    [InlineData("Привет ЁЖ Ελλάς", "привет еж ελλασ")]
    [InlineData("हिन्दी भाषा", "हिन्दी भाषा")]
    [InlineData("東京都", "東京 京都")]
    [InlineData("東", "東")]
    [InlineData("iPhoneを買う", "iphone を買 買う")]
    [InlineData("한국어 말", "한국 국어 말")]
    [InlineData("สวัสดี", "สว วั ัส สด ดี")]
    [InlineData("a\ud800b \udc00", "a b")]
    [InlineData("𝒳 😀", "𝒳")]
    [InlineData("", "")]
    [InlineData("''' --- ...", "")]
    public void Read_cuts_a_text_of_any_language_into_folded_words(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words(text)));

    [Fact]
    public void Read_cuts_a_word_that_is_longer_than_any_language_has()
    {
        var word = Assert.Single(Words(new string('ß', 100_000)));
        Assert.InRange(word.Length, 40, 60);
    }

    [Fact]
    public void Read_never_fails_and_never_gives_an_empty_term() => Prop.ForAll<char[]>(text =>
    {
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
        {
            if (reader.Term.IsEmpty || reader.Word.IsEmpty)
                return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("paint", "painted", "painting", "paints")]
    [InlineData("run", "ran", "running", "runs")]
    [InlineData("go", "went", "gone", "going")]
    [InlineData("hobby", "hobbies")]
    [InlineData("child", "children", "kids")]
    [InlineData("box", "boxes")]
    [InlineData("hope", "hoping", "hoped", "hopes")]
    [InlineData("happy", "happily", "happiness")]
    [InlineData("hermano", "hermanos", "hermana", "hermanas")]
    [InlineData("livro", "livros")]
    [InlineData("Katze", "Katzen")]
    [InlineData("maison", "maisons")]
    public void Term_is_the_same_for_the_forms_of_a_word(string word, params string[] forms) =>
        Assert.All(forms, form => Assert.Equal(Stem(word), Stem(form)));

    [Theory]
    [InlineData("sing", "single")]
    [InlineData("bus", "bush")]
    [InlineData("past", "pasta")]
    [InlineData("red", "reed")]
    public void Term_differs_for_words_that_only_look_alike(string word, string other) => Assert.NotEqual(Stem(word), Stem(other));

    [Theory]
    [InlineData("the", true)]
    [InlineData("What", true)]
    [InlineData("porque", false)]
    [InlineData("nicht", true)]
    [InlineData("avec", true)]
    [InlineData("con", true)]
    [InlineData("não", false)]
    [InlineData("son", false)]
    [InlineData("die", false)]
    [InlineData("lantern", false)]
    public void IsStopWord_marks_grammar_but_no_word_that_has_a_meaning_in_another_language(string word, bool expected)
    {
        var reader = new TermReader(word, stackalloc char[TermReader.ScratchLength]);
        reader.Read();
        Assert.Equal(expected, reader.IsStopWord);
    }
}
