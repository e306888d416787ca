namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>The layouts of problems as JSON lines.</summary>
public enum QuestionFormat
{
    /// <summary>A question and an answer, under names that the evaluation file gives.</summary>
    Plain,

    /// <summary>GSM8K as published: <c>question</c>, and <c>answer</c> that ends in <c>#### 42</c>.</summary>
    Gsm8k,

    /// <summary>MATH as published: <c>problem</c>, and <c>solution</c> with <c>\boxed{...}</c>; or <c>answer</c> where the file has one.</summary>
    Math,

    /// <summary>
    /// Multiple choice: <c>question</c>, the choices, and the right one. Read as published are ARC (<c>question.stem</c> and <c>question.choices</c> with <c>label</c> and <c>text</c>, or
    /// <c>choices.text</c> and <c>choices.label</c>; <c>answerKey</c>) and MMLU (<c>choices</c>, a list; <c>answer</c>, a number from 0 or a letter).
    /// </summary>
    MultipleChoice,

    /// <summary>Programs by tests: HumanEval and MBPP as published.</summary>
    Code,
}
