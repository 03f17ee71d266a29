using System.Numerics;
using System.Text;

namespace Kith.Core.Files.Pdf;

/// <summary>Runs the text operators of a page's content streams (ISO 32000-1 §9.4) and puts what they show into lines.</summary>
internal sealed class PageReader(PdfDocument document, Dictionary<PdfDictionary, PdfFont> fonts)
{
    // In parts of the font size: the gap that is a space, and the shift across the line that starts a new one.
    private const float SpaceGap = 0.2f;
    private const float LineShift = 0.5f;

    private readonly StringBuilder _text = new();
    private readonly Stack<GraphicsState> _saved = new();
    private GraphicsState _state = new(Matrix3x2.Identity, null, 1, 0, 0, 0, 1, 0);
    private Matrix3x2 _line = Matrix3x2.Identity;
    private Matrix3x2 _cursor = Matrix3x2.Identity;
    private Vector2? _lastEnd;
    private Vector2 _lastDirection;

    public string Read(PdfPage page)
    {
        using var content = new MemoryStream();
        var parts = document.Resolve(page.Dictionary["Contents"]) is PdfArray array ? array.Items : [page.Dictionary["Contents"]!];
        foreach (var part in parts)
        {
            if (document.Resolve(part) is not PdfStream stream)
                continue;

            content.Write(document.Decode(stream));
            content.WriteByte((byte)'\n');
        }

        Run(content.ToArray(), page.Resources, depth: 0);
        return _text.ToString().Trim();
    }

    private void Run(byte[] content, PdfDictionary? resources, int depth)
    {
        var lexer = new PdfLexer(content, document.Limits);
        var operands = new List<PdfValue>();
        while (lexer.Read() is { } value)
        {
            if (value is not PdfOperator operation)
            {
                operands.Add(value);
                continue;
            }

            document.Limits.SpendOperator();
            if (operation.Name == "BI")
                SkipInlineImage(content, lexer);
            else
                Apply(operation.Name, operands, resources, depth);
            operands.Clear();
        }
    }

    private void Apply(string operation, List<PdfValue> operands, PdfDictionary? resources, int depth)
    {
        switch (operation, operands)
        {
            case ("q", _) when _saved.Count < 1024:
                _saved.Push(_state);
                break;
            case ("Q", _) when _saved.Count > 0:
                _state = _saved.Pop();
                break;
            case ("cm", { Count: >= 6 }):
                _state = _state with { Page = MatrixOf(operands) * _state.Page };
                break;
            case ("BT", _):
                _line = _cursor = Matrix3x2.Identity;
                break;
            case ("Tf", [PdfName font, PdfNumber size, ..]):
                _state = _state with { Font = Font(resources, font.Value), Size = (float)size.Value };
                break;
            case ("Tc", [PdfNumber spacing, ..]):
                _state = _state with { CharacterSpacing = (float)spacing.Value };
                break;
            case ("Tw", [PdfNumber spacing, ..]):
                _state = _state with { WordSpacing = (float)spacing.Value };
                break;
            case ("Tz", [PdfNumber percent, ..]):
                _state = _state with { Stretch = (float)percent.Value / 100 };
                break;
            case ("TL", [PdfNumber leading, ..]):
                _state = _state with { Leading = (float)leading.Value };
                break;
            case ("Ts", [PdfNumber rise, ..]):
                _state = _state with { Rise = (float)rise.Value };
                break;
            case ("Td", [PdfNumber x, PdfNumber y, ..]):
                NextLine((float)x.Value, (float)y.Value);
                break;
            case ("TD", [PdfNumber x, PdfNumber y, ..]):
                _state = _state with { Leading = -(float)y.Value };
                NextLine((float)x.Value, (float)y.Value);
                break;
            case ("Tm", { Count: >= 6 }):
                _line = _cursor = MatrixOf(operands);
                break;
            case ("T*", _):
                NextLine(0, -_state.Leading);
                break;
            case ("Tj", [PdfString text, ..]):
                Show(text);
                break;
            case ("'", [PdfString text, ..]):
                NextLine(0, -_state.Leading);
                Show(text);
                break;
            case ("\"", [PdfNumber word, PdfNumber character, PdfString text, ..]):
                _state = _state with { WordSpacing = (float)word.Value, CharacterSpacing = (float)character.Value };
                NextLine(0, -_state.Leading);
                Show(text);
                break;
            case ("TJ", [PdfArray items, ..]):
                foreach (var item in items.Items)
                {
                    if (item is PdfString text)
                        Show(text);
                    else if (item is PdfNumber number)
                        Advance(-(float)number.Value / 1000 * _state.Size * _state.Stretch);
                }

                break;
            case ("Do", [PdfName name, ..]):
                RunForm(document.Resolve(document.Dictionary(resources?["XObject"])?[name.Value]) as PdfStream, resources, depth);
                break;
        }
    }

    private void RunForm(PdfStream? form, PdfDictionary? resources, int depth)
    {
        if (form is null || document.Name(form.Dictionary["Subtype"]) != "Form")
            return;
        if (depth >= PdfLimits.MaxDepth)
            throw PdfLimits.TooComplex();

        var (state, saved) = (_state, _saved.Count);
        if (document.Array(form.Dictionary["Matrix"]) is { Count: 6 } matrix)
            _state = _state with { Page = MatrixOf(matrix) * _state.Page };
        Run(document.Decode(form), document.Dictionary(form.Dictionary["Resources"]) ?? resources, depth + 1);

        while (_saved.Count > saved)
            _saved.Pop();
        _state = state;
    }

    private void NextLine(float x, float y) => _line = _cursor = Matrix3x2.CreateTranslation(x, y) * _line;

    private void Advance(float distance) => _cursor = Matrix3x2.CreateTranslation(distance, 0) * _cursor;

    private void Show(PdfString text)
    {
        if (_state.Font is null)
            return;

        var toPage = _cursor * _state.Page;
        var direction = Vector2.TransformNormal(Vector2.UnitX, toPage);
        var scale = direction.Length();
        Separate(Vector2.Transform(new Vector2(0, _state.Rise), toPage), scale > 0 ? direction / scale : Vector2.UnitX, Math.Abs(_state.Size) * scale);

        foreach (var (characters, width, isSpace) in _state.Font.Read(text.Bytes))
        {
            document.Limits.SpendCharacters(characters.Length + 1);
            _text.Append(characters);
            Advance((((float)width * _state.Size) + _state.CharacterSpacing + (isSpace ? _state.WordSpacing : 0)) * _state.Stretch);
        }

        _lastEnd = Vector2.Transform(new Vector2(0, _state.Rise), _cursor * _state.Page);
    }

    /// <summary>Adds the space or the line feed that the distance from the last string to the next one stands for.</summary>
    private void Separate(Vector2 start, Vector2 direction, float size)
    {
        if (_lastEnd is { } end && _text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
        {
            var along = Vector2.Dot(start - end, direction);
            var across = Math.Abs(((start - end).X * direction.Y) - ((start - end).Y * direction.X));
            if (across > LineShift * size || along < -size || Vector2.Dot(direction, _lastDirection) < 0.9f)
                _text.Append('\n');
            else if (along > SpaceGap * size)
                _text.Append(' ');
        }

        _lastDirection = direction;
    }

    private PdfFont? Font(PdfDictionary? resources, string name)
    {
        if (document.Dictionary(document.Dictionary(resources?["Font"])?[name]) is not { } dictionary)
            return null;
        if (!fonts.TryGetValue(dictionary, out var font))
            fonts[dictionary] = font = new PdfFont(dictionary, document);
        return font;
    }

    private Matrix3x2 MatrixOf(IReadOnlyList<PdfValue> values)
    {
        return new Matrix3x2(At(0), At(1), At(2), At(3), At(4), At(5));

        float At(int index) => (float)document.Number(values[index], 0);
    }

    /// <summary>The data of an inline image ends at EI between white space; it may contain anything else.</summary>
    private static void SkipInlineImage(ReadOnlySpan<byte> content, PdfLexer lexer)
    {
        for (var i = lexer.Position; i + 2 < content.Length; i++)
        {
            if (!PdfLexer.IsSpace(content[i]) || content[i + 1] != 'E' || content[i + 2] != 'I')
                continue;
            if (i + 3 < content.Length && !PdfLexer.IsSpace(content[i + 3]))
                continue;

            lexer.Position = i + 3;
            return;
        }

        lexer.Position = content.Length;
    }

    private sealed record GraphicsState(
        Matrix3x2 Page, PdfFont? Font, float Size, float CharacterSpacing, float WordSpacing, float Leading, float Stretch, float Rise);
}
