using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Every parameter of every path, given every name that a store or a router may trip over.</summary>
public sealed class StrangeNameTests
{
    private const string Scope = "t";

    private static readonly string[] Names =
        ["%5C", "%3F", "%23", "a%20", "%20", "%00", "%2F", "a%5Cb", "%0A", "%22", "%27", "%7F", "%F0%9F%98%80", "$head", "$system", "scope.t", new('x', 1_100)];

    private static readonly Dictionary<string, string> Existing = new() { ["workspace"] = "w", ["session"] = "s", ["peer"] = "a", ["scope"] = Scope };

    private static readonly string Body = JsonSerializer.Serialize(new
    {
        id = "q",
        metadata = new { },
        query = "x",
        messages = new[] { new { content = "c", peer_id = "a" } },
        session_ids = new[] { "s" },
        observer = "a",
        observed = "a",
        dream_type = "omni",
        peer_card = new[] { "x" },
        workflowName = "w",
        threadId = "t",
        role = "user",
        content = "c",
        data = new { },
        kind = "expired",
        conclusions = new[] { new { content = "x", observer_id = "a", observed_id = "a", session_id = "s" } },
    });

    [Fact]
    public async Task No_name_in_a_path_is_answered_with_a_server_error()
    {
        await using var host = KithHost.OnKestrel();
        await host.SendAsync("POST", "/v3/workspaces/w/sessions", new { id = "s", peers = new { a = new { } } });
        await host.SendAsync("POST", "/v3/workspaces/w/scopes", new { id = Scope });
        var failures = new List<string>();
        foreach (var route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            foreach (var (method, path) in Requests(route))
            {
                foreach (var body in method == "GET" ? [null] : new[] { null, "{}", Body })
                {
                    var reply = await host.SendAsync(method, path, body);
                    if (reply.Code >= 500)
                        failures.Add($"{method} {path} {body}: {reply.Code}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static IEnumerable<(string Method, string Path)> Requests(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return from method in methods
               from strange in route.RoutePattern.Parameters
               from name in Names
               select (method, Path(route, strange.Name, name));
    }

    private static string Path(RouteEndpoint route, string strange, string name) =>
        route.RoutePattern.Parameters.Aggregate('/' + route.RoutePattern.RawText!.Trim('/'), (path, parameter) =>
            path.Replace($"{{{parameter.Name}}}", parameter.Name == strange ? name : Existing.GetValueOrDefault(parameter.Name, "x"), StringComparison.Ordinal));
}
