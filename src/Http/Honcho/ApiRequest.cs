using System.Text.Json;
using Kith.Core;
using Kith.Core.Claiming;
using Kith.Http.Access;
using Kith.Http.Retries;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kith.Http.Honcho;

/// <summary>
/// What a handler gets of a request besides its path. The body is parsed while parameters are bound, which is before the caller is
/// checked; its schema is checked when the handler reads it, which is after.
/// </summary>
internal sealed class ApiRequest(HttpContext context, JsonElement? body)
{
    private readonly SchemaErrors _errors = new();

    /// <summary>Known once the gate has let the request pass.</summary>
    public Caller Caller => context.Features.GetRequiredFeature<Caller>();

    public HttpContext Context => context;

    public Dialect Dialect => context.GetEndpoint()?.Metadata.GetMetadata<Dialect>() ?? Dialect.V3;

    /// <summary>Null where there is none, or the route reads none.</summary>
    public JsonElement? Body => body;

    public CancellationToken Aborted => context.RequestAborted;

    public static async ValueTask<ApiRequest> BindAsync(HttpContext context)
    {
        var reads = context.GetEndpoint()?.Metadata.GetMetadata<ReadsMetadata>() is not null;
        return new ApiRequest(context, reads ? await JsonBody.ReadAsync(context.Request) : null);
    }

    /// <summary>What makes a repetition of this request known as one; null when the caller asked for nothing like it.</summary>
    /// <param name="hash">Of the body, where it is no JSON.</param>
    public RequestClaim? Claim(string? hash = null) =>
        context.Features.Get<Repeatable>()?.Claim(hash ?? CanonicalHash.Of(context.Request.QueryString.Value ?? "", body).Hash);

    /// <summary>A query parameter; the last one when it is repeated.</summary>
    public Input Query(string name) =>
        context.Request.Query[name] is [.., { } last] ? new Input(JsonSerializer.SerializeToElement(last), Location.Query.At(name), _errors) : Input.Missing;

    /// <summary>A query parameter of which empty counts as absent.</summary>
    public string? QueryText(string name) => Query(name).Text() is { Length: > 0 } text ? text : null;

    /// <summary>The first of several spellings that says something.</summary>
    public string? QueryText(IEnumerable<string> names) => names.Select(QueryText).FirstOrDefault(text => text is not null);

    public IReadOnlyList<string>? QueryList(string name) =>
        context.Request.Query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : null;

    /// <summary>Spec honcho-api §3.</summary>
    public Paging Paging(bool reversible = true) => new(
        Query("page").Integer(min: 1) ?? 1,
        Query("size").Integer(min: 1, max: 100) ?? 50,
        reversible && (Query("reverse").Boolean() ?? false));

    /// <summary>Reads a body that must be there, after the query. Everything that is wrong with either is reported at once.</summary>
    /// <exception cref="SchemaException">The request does not have the shape.</exception>
    public T Read<T>(Func<Input, T?> read)
    {
        T? value = default;
        if (body is { ValueKind: not JsonValueKind.Null } given)
            value = read(new Input(given, Location.Body, _errors));
        else
            _errors.Add("missing", Location.Body, "Field required", default);
        Check();
        return value!;
    }

    /// <summary>Reads a body whose shape depends on the version of the protocol.</summary>
    /// <exception cref="SchemaException">The request does not have the shape.</exception>
    public T Read<T>(Func<Input, Dialect, T?> read) => Read(body => read(body, Dialect));

    /// <summary>Reads a body that may be left out: null then.</summary>
    /// <exception cref="SchemaException">The request does not have the shape.</exception>
    public T? ReadOptional<T>(Func<Input, T?> read)
        where T : class
    {
        var value = body is { ValueKind: not JsonValueKind.Null } given ? read(new Input(given, Location.Body, _errors)) : null;
        Check();
        return value;
    }

    /// <summary>For routes without a body.</summary>
    /// <exception cref="SchemaException">A query parameter is wrong.</exception>
    public void Check() => _errors.ThrowIfAny();
}
