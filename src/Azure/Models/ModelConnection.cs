using System.ClientModel;
using System.ClientModel.Primitives;
using Kith.Azure.Identity;
using OpenAI;

namespace Kith.Azure.Models;

/// <summary>The way to the models at one address: credentials, repetitions, and the number of calls under way.</summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing that has to be disposed.
internal sealed class ModelConnection(ModelOptions options, TimeProvider time)
#pragma warning restore CA1001
{
    /// <summary>Sent where a server asks for no key: the client insists on having one.</summary>
    private const string NoKey = "none";

    private readonly SemaphoreSlim _places = new(options.MaxConcurrency);

    public OpenAIClient Client { get; } = Connect(options, time);

    /// <param name="model">For messages.</param>
    /// <param name="deadline">For the call with its repetitions, not for waiting for a place.</param>
    /// <exception cref="Core.KithException">The model failed.</exception>
    public async Task<T> CallAsync<T>(string model, TimeSpan deadline, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var late = new CancellationTokenSource(deadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
            return await call(either.Token);
        }
        catch (Exception attempts) when (attempts is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // The last of several attempts was cancelled, and the client reports all of them as one failure.
            throw new OperationCanceledException("The call was cancelled", attempts, cancellationToken);
        }
        catch (Exception exception) when (ModelFault.Of(exception, model, cancellationToken) is { } fault)
        {
            throw fault;
        }
        finally
        {
            _places.Release();
        }
    }

    private static OpenAIClient Connect(ModelOptions options, TimeProvider time)
    {
        var pipeline = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            RetryPolicy = new BackOff(options.Retries, options.RetryDelay, time),
            NetworkTimeout = options.AttemptTimeout,
            Transport = options.Transport,
        };
        if (options.EntraScope is not { } scope)
            return new OpenAIClient(new ApiKeyCredential(options.Key ?? NoKey), pipeline);

#pragma warning disable OPENAI001 // Marked as experimental, and the way that Microsoft documents for Entra.
        return new OpenAIClient(new BearerTokenPolicy(new KeptToken(options.Credential ?? EntraIdentity.Of(options.ClientId), time), scope), pipeline);
#pragma warning restore OPENAI001
    }
}
