using System.Text;
using System.Threading.Channels;
using Kith.Core.Reasoning;

namespace Kith.Azure.Models;

/// <summary>
/// The text of an answer on its way to the reader. The beginning of a turn is held back, since a turn that turns out to search may begin with a remark that
/// is no part of the answer; from then on the text passes as it arrives.
/// </summary>
internal sealed class AnswerText(ChannelWriter<AnswerPart> parts)
{
    private readonly Citations _citations = new();
    private readonly StringBuilder _held = new();
    private int _holdBack;

    /// <summary>Something has reached the reader.</summary>
    public bool HasBegun { get; private set; }

    public IReadOnlySet<string> Labels => _citations.Labels;

    /// <param name="holdBack">Characters that a remark may have.</param>
    public void BeginTurn(int holdBack)
    {
        _held.Clear();
        _holdBack = holdBack;
        if (HasBegun)
            Write("\n\n");
    }

    public void Append(string piece)
    {
        _held.Append(piece);
        if (_held.Length > _holdBack)
            Release();
    }

    /// <summary>The turn was the answer, or as much of it as there will be.</summary>
    public void Finish()
    {
        Release();
        Write(_citations.Rest());
    }

    private void Release()
    {
        _holdBack = 0;
        Write(_citations.Take(_held.ToString()));
        _held.Clear();
    }

    private void Write(string text)
    {
        if (text.Length == 0)
            return;
        HasBegun = true;
        parts.TryWrite(new AnswerPart.Text(text));
    }
}
