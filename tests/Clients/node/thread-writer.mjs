// node thread-writer.mjs <address of the thread> <writer> <count>
// Adds messages to a thread one after the other, as a process of its own.
const [thread, writer, count] = process.argv.slice(2);

for (let number = 1; number <= Number(count); number++) {
  const answer = await fetch(`${thread}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "user", content: `${writer} ${number}`, metadata: { writer } }),
  });
  if (answer.status !== 201) throw new Error(`${writer} ${number}: ${answer.status} ${await answer.text()}`);
}
