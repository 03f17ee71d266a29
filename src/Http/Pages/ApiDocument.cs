using Kith.Core;
using Kith.Http.Honcho;
using Kith.Http.Retries;
using Kith.Http.Schema;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kith.Http.Pages;

/// <summary>Completes the OpenAPI document from what the route tables say: bodies and query parameters are read by Kith itself, so the framework does not see them.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeServerAsync);
        options.AddOperationTransformer(DescribeRequestAsync);
        options.AddOperationTransformer(ErrorAnswers.DescribeAsync);
        options.AddSchemaTransformer(DescribeTimeAsync);
    }

    private static Task DescribeServerAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Kith API";
        document.Info.Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3);
        document.Servers?.Clear();
        return Task.CompletedTask;
    }

    private static async Task DescribeRequestAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var query in metadata.OfType<QueryMetadata>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = query.Name, In = ParameterLocation.Query, Schema = SchemaOf(query.Type) });
        }

        if (context.Description.HttpMethod is "POST" or "PUT" or "PATCH")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Repetitions.Header,
                In = ParameterLocation.Header,
                Description = "Names this request for 24 hours: the same request under the same key has no second effect and gets the first answer; another one is refused with 422.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Limits.IdempotencyKeyCharacters },
            });
        }

        if (metadata.OfType<ReadsMetadata>().FirstOrDefault() is { } reads)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = reads.Required,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(reads.Type, parameterDescription: null, cancellationToken) },
                },
            };
        }
        else if (metadata.OfType<UploadMetadata>().Any())
        {
            operation.RequestBody = UploadBody();
        }
    }

    /// <summary>A time is text on the wire.</summary>
    private static Task DescribeTimeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(Moment))
            (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time", null, null);
        return Task.CompletedTask;
    }

    private static OpenApiSchema SchemaOf(string type) => type switch
    {
        "integer" => new() { Type = JsonSchemaType.Integer },
        "number" => new() { Type = JsonSchemaType.Number },
        "boolean" => new() { Type = JsonSchemaType.Boolean },
        "array" => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        _ => new() { Type = JsonSchemaType.String },
    };

    private static OpenApiRequestBody UploadBody() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "file", "peer_id" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                        ["peer_id"] = SchemaOf("string"),
                        ["metadata"] = SchemaOf("string"),
                        ["configuration"] = SchemaOf("string"),
                        ["created_at"] = SchemaOf("string"),
                    },
                },
            },
        },
    };
}
