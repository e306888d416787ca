using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Chat.Jinja;

namespace Vilfredo.Neural.Tests.Chat;

public class JinjaTemplateTests
{
    /// <summary>Templates with what Jinja2 3.1.6 makes of them, with trim_blocks, lstrip_blocks and loop controls, as chat templates are rendered.</summary>
    public static TheoryData<string, string> Rendered => new()
    {
        { "a {{ 'x' }} b", "a x b" },
        { "a {{- 'x' -}} b", "axb" },
        { "  {% if flag %}\n  yes\n  {% endif %}\nend\n", "  yes\nend" },
        { "x  {%- if flag %} yes {% endif -%}  y", "x yes y" },
        { "{% for m in messages %}\n{{ m.role }}:{{ m['content'] }}\n{% endfor %}\n", "system:Be brief.\nuser: Hi \n\nassistant:<think>\nhm\n</think>\n\nHello\nuser:Bye é😀\n" },
        { "{% for m in messages if m.role == 'user' %}{{ loop.index }}/{{ loop.length }}{{ loop.first }}{{ loop.last }} {% else %}none{% endfor %}", "1/2TrueFalse 2/2FalseTrue " },
        { "{% for m in [] %}x{% else %}empty{% endfor %}", "empty" },
        { "{{ messages[-1].content | trim }}|{{ messages[0]['content']|upper }}", "Bye é😀|BE BRIEF." },
        { "{{ messages[::-1] | map(attribute='role') | join(', ') }}", "user, assistant, user, system" },
        { "{{ messages[1:3]|length }}{{ items[::2] }}{{ word[1:-1] }}{{ word[::-1] }}", "2[3, 2],b,,c,,b,a" },
        { "{{ 1 + 2 * 3 - 4 // 3 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ -7 // 2 }} {{ 7 / 2 }} {{ 2 ** 3 }} {{ 1.5 + 1 }} {{ 4 / 2 }}", "6 1 2 -4 3.5 8 2.5 2.0" },
        { "{{ 'a' ~ 1 ~ none ~ true }} {{ 'ab' * 3 }} {{ [1] + [2, 'x'] }}", "a1NoneTrue ababab [1, 2, 'x']" },
        { "{{ 1 < 2 }} {{ 1 < 2 < 2 }} {{ 'a' != 'b' }} {{ 'a' in 'cat' }} {{ 4 not in items }} {{ 'x' in d }} {{ not flag }}", "True False True True True True False" },
        { "{{ flag and 'y' or 'n' }} {{ 'p' if flag else 'q' }} {{ 'p' if not flag }}|", "y p |" },
        { "{{ missing is defined }} {{ tools is none }} {{ tools is not none }} {{ word is string }} {{ items is string }} {{ d is mapping }} {{ items is iterable }} {{ n is odd }} {{ n is divisibleby 7 }} {{ n is divisibleby(2) }} {{ n is number and flag }}", "False True False True False True True True True False True" },
        { "{{ missing | default('dd') }} {{ '' | default('e', true) }} {{ missing }}|", "dd e |" },
        { "{% set x = 1 %}{% for i in items %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}", "4 2 3 1" },
        { "{% set ns = namespace(found=false, n=0) %}{% for i in items %}{% set ns.n = ns.n + i %}{% if i == 1 %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.n }} {{ ns.found }}", "6 True" },
        { "{% set block %}<{{ n }}>{% endset %}{{ block * 2 }}", "<7><7>" },
        { "{% macro f(a, b='B') %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(1, 2) }}{{ f(b=3, a=4) }}", "[1B][12][43]" },
        { "{{ word.split(',') }} {{ word.split(',')[0] }} {{ word.split(',', 1) }} {{ ' a  b '.split() }} {{ word.startswith('a') }} {{ word.endswith('c') }} {{ word.replace(',', ';') }} {{ '  x '.strip() }}| {{ 'xxaxx'.strip('x') }} {{ '\\n\\nx\\n'.lstrip('\\n') }}", "['a', 'b', '', 'c'] a ['a', 'b,,c'] ['a', 'b'] True True a;b;;c x| a x\n" },
        { "{% set content = messages[2].content %}{{ content.split('</think>')[-1].lstrip('\\n') }}|{{ content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') }}", "Hello|hm" },
        { "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %} {% for k, v in d | items %}{{ k }}{% endfor %} {{ d.get('x') }} {{ d.get('q', 5) }} {{ d.x }} {{ d.nope is defined }}", "x=1;y=z; xy 1 5 1 False" },
        { "{{ d | tojson }} {{ items|tojson }} {{ 'q\"\\\\\n é' | tojson }} {{ none | tojson }} {{ true|tojson }} {{ 1.5|tojson }}", "{\"x\": 1, \"y\": \"z\"} [3, 1, 2] \"q\\\"\\\\\\n é\" null true 1.5" },
        { "{{ items | first }} {{ items|last }} {{ 'abc' | first }} {{ items | reverse | list }} {{ 'hello world' | title }} {{ 'hELLO' | capitalize }} {{ '12' | int + 1 }} {{ 3|string ~ 'x' }}", "3 2 a [2, 1, 3] Hello World Hello 13 3x" },
        { "{{ messages | selectattr('role', 'equalto', 'user') | list | length }} {{ messages | rejectattr('role', 'equalto', 'user') | map(attribute='role') | list }} {{ items | select('odd') | list }} {{ items|reject('equalto', 1)|list }}", "2 ['system', 'assistant'] [3, 1] [3, 2]" },
        { "{% for i in range(3) %}{{ i }}{% endfor %} {{ range(1, 7, 2) | list }} {{ range(3, 0, -1)|list }}", "012 [1, 3, 5] [3, 2, 1]" },
        { "{% for i in range(10) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}", "013" },
        { "{%- for m in messages -%}\n    {{- '<|' + m['role'] + '|>' -}}\n    {%- if loop.last %}\n        {{- 'L' }}\n    {%- elif loop.first -%}\n F \n    {%- else %}\n        {{- loop.index0 }}\n    {%- endif %}\n{%- endfor %}", "<|system|>F<|user|>1<|assistant|>2<|user|>L" },
        { "{# c #}\nx {#- c -#} y {# c #}\n  {# d #}\n z", "xy  z" },
        { "{{ {'a': 1, 'b': [1, 2]} }} {{ {'a': {'b': 'c'}}['a']['b'] }} {{ {} }}", "{'a': 1, 'b': [1, 2]} c {}" },
        { "{{ messages[0].role == 'system' and messages|length > 1 }} {{ (messages|length - 1) % 2 }}", "True 1" },
        { "{{ loop is defined }}{% for m in messages %}{{ loop.previtem.role if loop.previtem is defined else '-' }}{{ loop.nextitem.role if not loop.last }} {% endfor %}", "False-user systemassistant useruser assistant " },
        { "{{ 'a' 'b' }} {{ \"it's\" }} {{ 'say \"x\"' }} {{ '\\t\\\\' }}| {{ items.0 }}", "ab it's say \"x\" \t\\| 3" },
        { "{% if flag %}1{% elif n %}2{% else %}3{% endif %}{% if not flag %}1{% elif n > 100 %}2{% else %}3{% endif %}", "13" },
        { "{%+ if flag %} keep\n{%+ endif %}\n    {{ n }}\n  {%- set q = 'z' -%}  \n {{ q }}", " keep\n    7z" },
        { "{% for a in items %}{% for b in items if b > a %}{{ a }}{{ b }}{{ loop.index }} {% endfor %}{% endfor %}", "131 122 231 " },
        { "{{ 'x' is in 'xyz' }} {{ 2 is in items }} {{ items is sequence }} {{ flag is true }} {{ flag is boolean }} {{ n is eq 7 }}", "True True True True True True" },
        { "{{ [true, false, none, 'it\\'s', 2.0] }} {{ '{{' }} {{ '%}' }}", "[True, False, None, \"it's\", 2.0] {{ %}" },
        { "{{ items == [3, 1, 2] }} {{ 1 == true }} {{ '1' == 1 }} {{ none == false }} {{ missing == none }}", "True True False False False" },
        { "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'].strip() + '\\n\\n' %}{% else %}{% set loop_messages = messages %}{% endif %}{{ bos_token }}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}{% if loop.index0 == 0 %}{% set content = system_message + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{{ '[I] ' + content | trim + ' [/I]' if message.role == 'user' else ' ' + content + eos_token }}{% endfor %}", "<s>[I] Be brief.\n\n Hi [/I] <think>\nhm\n</think>\n\nHello</s>[I] Bye é😀 [/I]" },
        { "text only\n", "text only" },
        { "\n  {% if true %}\n\n  a\n  {% endif %}  \n\n b\n\n", "\n\n  a\n  \n\n b\n" },
    };

    [Theory]
    [MemberData(nameof(Rendered))]
    public void Templates_render_as_in_jinja(string template, string expected) => Assert.Equal(expected, new JinjaTemplate(template).Render(Values()));

    [Theory]
    [InlineData("{% include 'x' %}", "line 1: the statement 'include' is not supported")]
    [InlineData("a\n{% call f() %}{% endcall %}", "line 2: the statement 'call'")]
    [InlineData("{{ x | sort }}", "the filter 'sort'")]
    [InlineData("{{ x is sameas y }}", "the test 'sameas'")]
    [InlineData("{{ x is eq }}", "takes 1 arguments, not 0")]
    [InlineData("{% if x %}", "ends before 'endif'")]
    [InlineData("{% endif %}", "'endif' is not supported")]
    [InlineData("{{ 'x }}", "a string is not closed")]
    [InlineData("{{ x", "is not closed")]
    [InlineData("{# x", "a comment is not closed")]
    [InlineData("{{ }}", "an expression is missing")]
    [InlineData("{{ 1 2 }}", "'2' has no place")]
    [InlineData("{{ (1 }}", "is not closed")]
    [InlineData("{{ x ; y }}", "';' has no place")]
    [InlineData("{% for in y %}{% endfor %}", "'in' is missing")]
    [InlineData("{{ f(*x) }}", "'*' has no place")]
    public void What_is_not_built_is_refused_when_the_template_is_read(string template, string reason) =>
        Assert.Contains(reason, Assert.Throws<ChatTemplateException>(() => new JinjaTemplate(template)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ missing.x }}", "'missing', which is undefined")]
    [InlineData("{{ missing() }}", "call 'missing', which is undefined")]
    [InlineData("{{ 'a' + 1 }}", "'+' to a string and a number")]
    [InlineData("{{ 'a' < 1 }}", "compare a string with a number")]
    [InlineData("{{ 1 // 0 }}", "divide by zero")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "hold the result")]
    [InlineData("{% for i in 3 %}{% endfor %}", "go through a number")]
    [InlineData("{% set flag.x = 1 %}", "no namespace")]
    [InlineData("{{ 'a'.split('') }}", "split at an empty string")]
    [InlineData("{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}", "arguments that it does not have")]
    [InlineData("{{ raise_exception('Not so.') }}", "refuses this chat: Not so.")]
    public void What_cannot_be_rendered_is_refused_with_the_reason(string template, string reason) =>
        Assert.Contains(reason, Assert.Throws<ChatTemplateException>(() => new JinjaTemplate(template).Render(Values())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for i in range(1000000000) %}{% endfor %}", "steps")]
    [InlineData("{% for i in range(999) %}{% for j in range(999) %}{% for k in range(999) %}{% endfor %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{{ 'abcdefgh' * 100000000 }}", "repeat a text")]
    [InlineData("{% set ns = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "characters")]
    [InlineData("{% set ns = namespace(x=[1, 2]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "million items")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "deep")]
    public void A_template_from_a_stranger_cannot_use_up_the_machine(string template, string bound) =>
        Assert.Contains(bound, Assert.Throws<ChatTemplateException>(() => new JinjaTemplate(template).Render(Values())).Message, StringComparison.Ordinal);

    [Fact]
    public void Deeply_nested_templates_are_refused()
    {
        foreach (var template in new[]
        {
            "{{ " + new string('(', 900) + "1" + new string(')', 90) + " }}",
            "{{ " + string.Concat(Enumerable.Repeat("not ", 900)) + "1 }}",
            "{{ " + string.Concat(Enumerable.Repeat("-", 900)) + "1 }}",
            "{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 90_000)) + " }}",
            string.Concat(Enumerable.Repeat("{% if 1 %}", 90_000)),
        })
            Assert.Throws<ChatTemplateException>(() => new JinjaTemplate(template));
    }

    private static Dictionary<string, object?> Values() => new()
    {
        ["messages"] = new List<object?>
        {
            Message("system", "Be brief."), Message("user", " Hi \n"), Message("assistant", "<think>\nhm\n</think>\n\nHello"), Message("user", "Bye é😀"),
        },
        ["add_generation_prompt"] = true,
        ["tools"] = null,
        ["bos_token"] = "<s>",
        ["eos_token"] = "</s>",
        ["flag"] = true,
        ["n"] = 7L,
        ["word"] = "a,b,,c",
        ["items"] = new List<object?> { 3L, 1L, 2L },
        ["d"] = new Dictionary<string, object?> { ["x"] = 1L, ["y"] = "z" },
    };

    private static Dictionary<string, object?> Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
