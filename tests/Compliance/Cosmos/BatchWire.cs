using System.Text;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Serialization.HybridRow;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.IO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Layouts;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.RecordIO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Schemas;

namespace Kith.Compliance.Tests.Cosmos;

internal enum BatchOperationType
{
    Create = 0,
    Delete = 4,
    Replace = 5,
    Upsert = 20,
}

internal sealed record BatchOperation(BatchOperationType Type, string? Id, byte[]? Body, string? IfMatch);

internal sealed record BatchOutcome(int Status, string? ETag);

/// <summary>Transactional batches as they travel: records of HybridRow, in the client's own schema.</summary>
internal static class BatchWire
{
    private static readonly LayoutResolverNamespace Layouts = new(Schema(), SystemSchema.LayoutResolver);
    private static readonly Layout Outcome = Layouts.Resolve(Schema().Schemas.Single(schema => schema.Name == "BatchResult").SchemaId);

    public static async Task<List<BatchOperation>> ReadAsync(Stream stream)
    {
        var operations = new List<BatchOperation>();
        var result = await RecordIOStream.ReadRecordIOAsync(
            stream,
            (ReadOnlyMemory<byte> record) =>
            {
                var reader = new RowReader(record, HybridRowVersion.V1, Layouts);
                operations.Add(Read(ref reader));
                return Result.Success;
            },
            resizer: new MemorySpanResizer<byte>(1024));
        return result == Result.Success ? operations : throw new FormatException($"The batch cannot be read: {result}.");
    }

    public static async Task<byte[]> WriteAsync(IReadOnlyList<BatchOutcome> outcomes)
    {
        var stream = new MemoryStream();
        var resizer = new MemorySpanResizer<byte>(1024);
        await RecordIOStream.WriteRecordIOAsync(
            stream,
            new Segment { Comment = "", SDL = "" },
            (long index, out ReadOnlyMemory<byte> buffer) =>
            {
                buffer = default;
                if (index >= outcomes.Count)
                    return Result.Success;
                var row = new RowBuffer(1024, resizer);
                row.InitLayout(HybridRowVersion.V1, Outcome, Layouts);
                var result = RowWriter.WriteBuffer(ref row, outcomes[(int)index], Write);
                buffer = row.ToArray();
                return result;
            });
        return stream.ToArray();
    }

    private static Result Write(ref RowWriter writer, TypeArgument type, BatchOutcome outcome)
    {
        writer.WriteInt32("statusCode", outcome.Status);
        writer.WriteInt32("subStatusCode", 0);
        if (outcome.ETag is not null)
            writer.WriteString("eTag", outcome.ETag);
        return writer.WriteFloat64("requestCharge", 1);
    }

    private static BatchOperation Read(ref RowReader reader)
    {
        var type = 0;
        string? id = null, ifMatch = null;
        byte[]? body = null;
        while (reader.Read())
        {
            switch (reader.Path.ToString())
            {
                case "operationType":
                    reader.ReadInt32(out type);
                    break;
                case "id":
                    reader.ReadString(out id);
                    break;
                case "ifMatch":
                    reader.ReadString(out ifMatch);
                    break;
                case "resourceBody":
                    reader.ReadBinary(out body);
                    break;
            }
        }
        return new BatchOperation((BatchOperationType)type, id, body, ifMatch);
    }

    private static Namespace Schema()
    {
        using var stream = typeof(CosmosClient).Assembly.GetManifestResourceStream("Microsoft.Azure.Cosmos.Batch.HybridRowBatchSchemas.json")!;
        return Namespace.Parse(new StreamReader(stream, Encoding.UTF8).ReadToEnd());
    }
}
