using Kith.Http.Access;
using Kith.Http.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kith.Http.Pages;

/// <summary>Describes what every route of a door may refuse a request with, in the door's own words. What a route says of itself goes before.</summary>
internal static class ErrorAnswers
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<GuardMetadata>().LastOrDefault() is not { Guard: not Guard.Open })
            return Task.CompletedTask;

        var path = '/' + context.Description.RelativePath;
        var isOurs = path.StartsWith("/v1", StringComparison.Ordinal) || path == McpRoutes.Door;
        var isAgents = path.StartsWith("/api", StringComparison.Ordinal);
        var isPost = HttpMethods.IsPost(context.Description.HttpMethod ?? "");
        operation.Responses ??= [];
        if (isOurs || isAgents)
            Add("400", "The request does not have the shape, or a budget of the workspace is used up (budget_exceeded)");
        Add("401", "No key, or none that opens this");
        if (isPost)
            Add("409", "The first request with this Idempotency-Key is still being carried out, or what it made has been removed since; or the state does not allow the call");
        if (isPost || !(isOurs || isAgents))
            Add("422", isOurs || isAgents ? "The Idempotency-Key was used for another request" : "The request does not have the shape, or its Idempotency-Key was used for another one");
        Add("429", "Too many requests of this key; Retry-After says when to come back");
        return Task.CompletedTask;

        void Add(string status, string description) => operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [isOurs ? "application/problem+json" : "application/json"] = new() { Schema = isOurs ? Problem() : isAgents ? Fault() : Detail() },
            },
        });
    }

    private static OpenApiSchema Problem() => Object(("title", Text()), ("status", new() { Type = JsonSchemaType.Integer }), ("detail", Text()), ("code", Text()));

    private static OpenApiSchema Fault() => Object(("error", Object(("code", Text()), ("message", Text()), ("timestamp", Text()))));

    /// <summary>Text, or a list of what is wrong with the shape.</summary>
    private static OpenApiSchema Detail() => Object(("detail", new OpenApiSchema()));

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Object(params ReadOnlySpan<(string Name, OpenApiSchema Schema)> members)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var (name, member) in members)
            schema.Properties[name] = member;
        return schema;
    }
}
