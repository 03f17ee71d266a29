using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kith.Core;
using Kith.Core.Porting;

namespace Kith.Http.Porting;

/// <summary>Reads what is to be imported from the body of a request.</summary>
internal static class ImportBody
{
    /// <summary>A document and what stands around it.</summary>
    private const int LongestLine = 8 * 1024 * 1024;

    /// <summary>Kith's own export, line by line: nothing of it has to be in memory at once.</summary>
    public static async IAsyncEnumerable<(long Number, ImportLine Line)> LinesAsync(Stream body, PortableReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body);
        var number = 0L;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryCut(ref buffer, read.IsCompleted, out var text))
            {
                number++;
                if (text.Trim(" \r\t\uFEFF"u8).Length > 0 && reader.Read(text) is { } line)
                    yield return (number, line);
            }

            if (buffer.Length > LongestLine)
                throw new KithException(ErrorCode.Invalid, $"Line {number + 1}: longer than any document");
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                break;
        }

        reader.Complete();
    }

    /// <summary>A JSON file of another system, as a whole.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/></exception>
    public static async Task<JsonElement> JsonAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > BodySize.MostAtOnce)
                throw new KithException(ErrorCode.BudgetExceeded, $"The file has more than {BodySize.MostAtOnce} bytes; split it") { Detail = "too_large" };
            buffer.Write(chunk, 0, read);
        }

        try
        {
            return JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (JsonException wrong)
        {
            throw new KithException(ErrorCode.Invalid, $"No valid JSON (line {wrong.LineNumber + 1})");
        }
    }

    public static async IAsyncEnumerable<(long Number, ImportLine Line)> Numbered(IEnumerable<ImportLine> lines)
    {
        await Task.CompletedTask;
        var number = 0L;
        foreach (var line in lines)
            yield return (++number, line);
    }

    private static bool TryCut(ref ReadOnlySequence<byte> buffer, bool isLast, out byte[] line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end).ToArray();
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = isLast ? buffer.ToArray() : [];
        if (line.Length > 0)
            buffer = buffer.Slice(buffer.End);
        return line.Length > 0;
    }
}
